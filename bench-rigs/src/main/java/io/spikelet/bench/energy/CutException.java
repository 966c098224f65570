package io.spikelet.bench.energy;

/** The windows cannot be found in a recording; the message says what was looked for, what was there and what to do. */
public final class CutException extends Exception {
    private static final long serialVersionUID = 1L;

    CutException(String sentence) {
        super(sentence);
    }
}
