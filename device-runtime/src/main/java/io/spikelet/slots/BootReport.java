package io.spikelet.slots;

import java.util.Optional;

/**
 * What a start did.
 *
 * @param outcome what happened to the slots
 * @param image the image to run, or empty when there is none that can be
 * @param sentence what a person should know
 */
public record BootReport(Outcome outcome, Optional<VerifiedImage> image, String sentence) {
    /** What happened to the slots at a start. */
    public enum Outcome {
        /** Slot 0 was empty and nothing was pending. */
        EMPTY,
        /** The active image stayed. */
        UNCHANGED,
        /** The staged image runs on trial and will revert unless confirmed. */
        TESTING,
        /** The staged image was made active for good. */
        UPGRADED,
        /** The image on trial was not confirmed, or ended the board; the former state is back. */
        REVERTED,
        /** The pending image was put on trial and failed its self-test; the former state is back. */
        TRIAL_FAILED,
        /** The active image cannot run; the one that was confirmed before it is active again. */
        FELL_BACK,
        /** The pending image failed its checks and stayed in slot 1; the active one stayed. */
        PENDING_REFUSED
    }

    /** What a person should know once the image is confirmed that this start put on trial. */
    public String confirmed() {
        return image.orElseThrow().version() + " ran on trial and is confirmed";
    }
}
