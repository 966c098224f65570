package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.cli.Spikelet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One command line of {@code spikelet} and all that came of it.
 *
 * @param err the lines on standard error, those of a logging library too, but for how far long work has come
 */
record CommandRun(int exitCode, String out, List<String> err) {
    private static final Pattern PROGRESS = Pattern.compile("[a-z ]+ \\d+ %|waiting for the board at .*");

    static CommandRun of(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        PrintStream caught = new PrintStream(err, true, StandardCharsets.UTF_8);
        System.setErr(caught);
        try {
            int exitCode = Spikelet.run(
                    words, new PrintWriter(out, true, StandardCharsets.UTF_8), new PrintWriter(caught, true));
            return new CommandRun(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !PROGRESS.matcher(line).matches())
                            .toList());
        } finally {
            System.setErr(usual);
        }
    }

    CommandRun requireDone() {
        assertEquals(0, exitCode, toString());
        assertEquals(List.of(), err);
        return this;
    }

    /** Exit code 2, nothing on standard output but what was done before, and this one sentence, in these parts. */
    void requireBadInput(Object... parts) {
        assertEquals(2, exitCode, toString());
        assertEquals(1, err.size(), toString());
        String sentence = err.getFirst();
        assertTrue(sentence.startsWith("spikelet: "), sentence);
        for (Object part : parts) {
            assertTrue(sentence.contains(part.toString()), sentence + "\ndoes not say: " + part);
        }
    }
}
