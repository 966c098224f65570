package io.spikelet.hal.events;

import java.io.IOException;

/** Bytes that are no event recording, or not a whole one: from where, at which byte, why, and what to do. */
public final class EventFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final long offset;

    /**
     * @param source what a person calls the file or link
     * @param offset the byte, from the start of the source, at which reading stopped
     * @param reason what is wrong there and what to do, without a full stop
     */
    public EventFormatException(String source, long offset, String reason) {
        super(source + ": " + reason + " (at byte " + offset + ")");
        this.source = source;
        this.offset = offset;
    }

    /** The file or link that the bytes are from. */
    public String source() {
        return source;
    }

    /** The byte, from the start of the source, at which reading stopped. */
    public long offset() {
        return offset;
    }
}
