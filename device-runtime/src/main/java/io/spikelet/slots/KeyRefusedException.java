package io.spikelet.slots;

/** A change of a board's keys that it does not make; the message is one sentence for a person. */
public final class KeyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The bytes are no whole key list. */
        NOT_A_LIST,
        /** No key that is trusted signed the list. */
        SIGNATURE,
        /** A list of this sequence, or a later one, was taken already. */
        SEQUENCE,
        /** Nothing would be trusted any more. */
        LAST_KEY,
        /** A key that was revoked is never trusted again. */
        REVOKED,
        /** No key is meant, or more than one. */
        UNKNOWN_KEY
    }

    private final Reason reason;

    KeyRefusedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    KeyRefusedException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
