package io.spikelet.hal.coprocessor;

/** A device failed at what its plan promised. */
public final class CoProcessorException extends Exception {
    private static final long serialVersionUID = 1;

    /** What went wrong, for a policy to decide by. */
    public enum Failure {
        /** It did not answer in time. */
        TIMEOUT,
        /** Host and device no longer agree where a word begins; only a reset helps. */
        DESYNC,
        /** Cells do not hold what was written. */
        VERIFY_FAILED,
        /** Events were lost on the way in or out. */
        LOST_SPIKES,
        /** The port itself failed: a device node, a socket, a transcript at its end. */
        PORT
    }

    private final Failure failure;

    public CoProcessorException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public CoProcessorException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
