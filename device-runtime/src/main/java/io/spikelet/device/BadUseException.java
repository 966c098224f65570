package io.spikelet.device;

/** The command line, or a file it names, cannot be used; the message is one sentence for a person. */
final class BadUseException extends Exception {
    private static final long serialVersionUID = 1L;

    BadUseException(String sentence) {
        super(sentence);
    }
}
