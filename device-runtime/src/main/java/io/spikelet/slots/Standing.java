package io.spikelet.slots;

/** How an image in a slot has stood its starts. */
public enum Standing {
    /** It was never confirmed. */
    UNPROVED,
    /** It was confirmed once; a board whose active image fails goes back to one of these. */
    CONFIRMED,
    /** At the last start that tried it it did not run. */
    FAILED
}
