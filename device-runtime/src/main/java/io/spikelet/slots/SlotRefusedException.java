package io.spikelet.slots;

/** An image, or what was asked of a slot, that the board does not accept; the message is one sentence for a person. */
public final class SlotRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The upload is larger than a slot, or has no length. */
        SIZE,
        /** More bytes were sent than the upload declared. */
        OVERRUN,
        /** The whole file has another SHA-256 than the upload declared. */
        DIGEST,
        /** The container is not whole. */
        CONTAINER,
        /** There is no signature by a key that this board trusts. */
        SIGNATURE,
        /** It is signed by a key that was revoked. */
        REVOKED,
        /** The network inside cannot be run. */
        NETWORK,
        /** It gives other answers than it recorded, or starts end while it is tried. */
        SELF_TEST,
        /** Its security counter is below the confirmed one. */
        ROLLBACK,
        /** The next start needs what slot 1 holds. */
        SLOT_IN_USE,
        /** An image is on trial; it must be confirmed or reverted first. */
        ON_TRIAL,
        /** Slot 1 holds no image of that hash. */
        NOT_FOUND,
        /** No image is active. */
        EMPTY,
        /** The running image cannot be put on trial. */
        ACTIVE,
        /** The file in the slot is no longer what was stored. */
        DAMAGED
    }

    private final Reason reason;

    public SlotRefusedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public SlotRefusedException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
