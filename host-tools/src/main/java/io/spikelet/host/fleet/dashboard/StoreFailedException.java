package io.spikelet.host.fleet.dashboard;

import java.io.IOException;

/** The store could not be read, which is another thing than a browser that went away. */
final class StoreFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private StoreFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Reads the store. */
    interface Read<R> {
        R read() throws IOException;
    }

    static <R> R reading(Read<R> read) throws StoreFailedException {
        try {
            return read.read();
        } catch (IOException failure) {
            throw new StoreFailedException(failure);
        }
    }
}
