package io.spikelet.host.convert;

/** A conventional network cannot become a spiking one; the message names the node and says what to do. */
public final class ConversionException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConversionException(String message) {
        super(message);
    }

    public ConversionException(String message, Throwable cause) {
        super(message, cause);
    }
}
