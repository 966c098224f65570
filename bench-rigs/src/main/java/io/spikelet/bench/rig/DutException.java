package io.spikelet.bench.rig;

import java.io.IOException;

/**
 * A device under test that does not answer as the protocol says. The message is one sentence: what was asked, what came,
 * what to do.
 */
final class DutException extends IOException {
    private static final long serialVersionUID = 1L;

    DutException(String sentence) {
        super(sentence);
    }

    DutException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
