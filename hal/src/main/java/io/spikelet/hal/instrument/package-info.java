/**
 * Instruments that are boxes of their own and stream fast, each as a {@link io.spikelet.hal.meter.Meter} over a byte
 * link: Nordic's Power Profiler Kit II, ST's PowerShield LPM01A, multimeters that speak SCPI, Qoitech's Otii. A meter
 * reads into buffers made once; the two that stream up to 100,000 samples a second allocate nothing per sample.
 * Simulators of their wires, faults included, are in {@link io.spikelet.hal.sim}.
 */
package io.spikelet.hal.instrument;
