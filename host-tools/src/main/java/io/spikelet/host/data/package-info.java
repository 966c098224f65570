/**
 * Labelled samples, as the integer network takes them: one unsigned byte a value.
 *
 * <pre>
 * file.h5   attributes: name (text), classes (integer), full_scale (the integer that means 1.0)
 * ├─ train        x uint8 (N, ...)   y uint8 (N)
 * ├─ calibration  x                  y
 * └─ test         x                  y
 *
 * folder/   ten classes, 255 means 1.0
 * ├─ train-images-idx3-ubyte[.gz]    train-labels-idx1-ubyte[.gz]     train; its first 1000: calibration
 * └─ t10k-images-idx3-ubyte[.gz]     t10k-labels-idx1-ubyte[.gz]      test
 *
 * folder/ or file.zip   recordings of an event camera; 1 means 1.0
 * ├─ 1.bs2  2.bs2  ...   or .bin, .es, .raw, .aedat; the format is told by the first bytes
 * └─ list.txt            a line for each: number, label
 * </pre>
 */
package io.spikelet.host.data;
