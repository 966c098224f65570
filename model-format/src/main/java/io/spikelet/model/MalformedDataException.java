package io.spikelet.model;

/** Bytes that are not what they should be: where, and why. The only exception of a reader of images. */
public final class MalformedDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String reason;

    public MalformedDataException(long offset, String reason) {
        super(reason + " (at byte " + offset + ")");
        this.offset = offset;
        this.reason = reason;
    }

    public MalformedDataException(long offset, String reason, Throwable cause) {
        super(reason + " (at byte " + offset + ")", cause);
        this.offset = offset;
        this.reason = reason;
    }

    /** The same with where the bytes are from in front of the reason. */
    public MalformedDataException from(String source) {
        return new MalformedDataException(offset, source + ": " + reason, this);
    }

    /** The offset from the start of the image at which reading stopped. */
    public long offset() {
        return offset;
    }
}
