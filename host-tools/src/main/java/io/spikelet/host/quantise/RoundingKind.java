package io.spikelet.host.quantise;

/** How weights become integers. */
public enum RoundingKind {
    /** Each to its nearest, and the sum of a kernel too; no sample is looked at. */
    NEAREST,
    /** Up or down so that what a row adds to a membrane is right on the calibration samples. */
    ADAPTIVE
}
