package io.spikelet.host.data;

import java.io.IOException;

/** A sample file that cannot be read: which file, what is wrong, what to do, in one sentence. */
public final class SampleFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public SampleFileException(String message) {
        super(message);
    }

    public SampleFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
