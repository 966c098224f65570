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
 * </pre>
 */
package io.spikelet.host.data;
