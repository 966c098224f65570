package io.spikelet.host.graph;

/**
 * A file could not be taken in. The message is one sentence for the person who gave the file: which file, which node,
 * which field, what is wrong and what to do about it. It stays one line whatever the file's names hold: control characters become
 * {@code ?}.
 */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    public ImportException(String message) {
        super(plain(message));
    }

    public ImportException(String message, Throwable cause) {
        super(plain(message), cause);
    }

    private static String plain(String message) {
        return message.replaceAll("\\p{Cntrl}", "?");
    }
}
