/**
 * Labelled samples, as the integer network takes them: one unsigned byte a value.
 *
 * <pre>
 * file.h5   attributes: name (text), classes (integer), full_scale (the integer that means 1.0)
 * ├─ train        x uint8 (N, ...)   y uint8 (N)
 * ├─ calibration  x                  y
 * └─ test         x                  y
 * </pre>
 */
package io.spikelet.host.data;
