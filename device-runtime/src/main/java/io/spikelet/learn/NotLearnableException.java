package io.spikelet.learn;

/** This network cannot learn on the board; the message says why. */
public final class NotLearnableException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotLearnableException(String reason) {
        super(reason);
    }
}
