package io.spikelet.hal.board;

import java.io.IOException;

/**
 * A pin, bus or device is not there, or this user may not use it, or the driver for it is missing. The message is one
 * sentence that says what, where and what to do.
 */
public final class HardwareUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public HardwareUnavailableException(String sentence) {
        super(sentence);
    }

    public HardwareUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
