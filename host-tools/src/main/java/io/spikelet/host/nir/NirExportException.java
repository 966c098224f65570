package io.spikelet.host.nir;

/** A graph that NIR cannot say; one sentence with the node, the reason and what to do. */
public final class NirExportException extends Exception {
    private static final long serialVersionUID = 1L;

    public NirExportException(String message) {
        super(message);
    }

    public NirExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
