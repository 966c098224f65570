package io.spikelet.model.container;

/** An image that is whole but not to be trusted. */
public final class ImageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why an image is refused. */
    public enum Reason {
        /** The image carries no signature. */
        UNSIGNED,
        /** The image is signed by a key that is not among the trusted ones. */
        UNKNOWN_KEY,
        /** The signature is not the named key's signature of this image. */
        BAD_SIGNATURE
    }

    private final Reason reason;

    public ImageRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
