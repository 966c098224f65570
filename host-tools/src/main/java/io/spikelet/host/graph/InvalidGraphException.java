package io.spikelet.host.graph;

/**
 * A graph whose nodes and edges do not fit each other. An importer checks every graph it reads and turns this into an
 * {@link ImportException} that names the file; for a graph built by hand it is the caller's bug.
 */
public final class InvalidGraphException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidGraphException(String message) {
        super(message);
    }
}
