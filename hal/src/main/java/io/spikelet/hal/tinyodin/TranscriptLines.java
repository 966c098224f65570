package io.spikelet.hal.tinyodin;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;

/**
 * Plays a transcript back: answers as long as it is asked what it was asked then, word for word. Empty lines and those
 * that begin with {@code #} are passed over.
 */
public final class TranscriptLines implements Lines {
    private final String name;
    private final BufferedReader transcript;
    private int line;

    /** @param name for people, such as the file's */
    public TranscriptLines(String name, BufferedReader transcript) {
        this.name = name;
        this.transcript = transcript;
    }

    /**
     * The recorded answer.
     *
     * @throws EOFException at the transcript's end
     * @throws IOException when something else was asked then, or the transcript is none
     */
    @Override
    public String ask(String request) throws IOException {
        String recorded = next('>');
        if (!recorded.equals(request)) {
            throw new IOException("transcript " + name + " line " + line + " was asked " + LinePort.shown(recorded)
                    + " and now it is asked " + LinePort.shown(request));
        }
        return next('<');
    }

    private String next(char side) throws IOException {
        while (true) {
            String text = transcript.readLine();
            if (text == null) {
                throw new EOFException("transcript " + name + " ends after line " + line + ", and more is asked");
            }
            line++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            if (text.length() < 2 || text.charAt(0) != side || text.charAt(1) != ' ') {
                throw new IOException("transcript " + name + " line " + line + " should begin with \"" + side + " \": "
                        + LinePort.shown(text));
            }
            return text.substring(2);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        transcript.close();
    }
}
