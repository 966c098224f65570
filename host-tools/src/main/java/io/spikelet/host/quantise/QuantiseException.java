package io.spikelet.host.quantise;

/** A graph that cannot become an integer network: which node, why, and what to do, in one sentence. */
public final class QuantiseException extends Exception {
    private static final long serialVersionUID = 1L;

    public QuantiseException(String message) {
        super(message);
    }

    public QuantiseException(String message, Throwable cause) {
        super(message, cause);
    }
}
