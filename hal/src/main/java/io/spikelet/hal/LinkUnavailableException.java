package io.spikelet.hal;

import java.io.IOException;

/**
 * A link is not there: no such device, no broker at the address, or the driver for it is missing. The message is one
 * sentence that says what, where and what to do. Trying again later may help.
 */
public final class LinkUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public LinkUnavailableException(String sentence) {
        super(sentence);
    }

    public LinkUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
