package io.spikelet.engine;

/** A network's own answers are not those that its image recorded; the message says which and what differs. */
public final class SelfTestFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause why it could not be run, or null when it ran */
    public SelfTestFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
