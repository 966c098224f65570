package io.spikelet.slots;

/** What the next start will do to the slots, in MCUboot's words. */
public enum SwapState {
    /** Nothing: slot 0 stays. */
    NONE,
    /** Slot 1 becomes active on trial. */
    TEST,
    /** Slot 1 becomes active for good. */
    PERM,
    /** The trial ends without a confirmation: slot 1 holds the former image and comes back. */
    REVERT
}
