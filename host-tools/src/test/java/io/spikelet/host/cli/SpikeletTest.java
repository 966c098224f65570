package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class SpikeletTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "fail", description = "Fails as told.")
    private static final class Failing implements Callable<Integer> {
        private final Exception failure;

        @Option(names = "--count")
        private int count;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private int run(Exception failure, String... arguments) {
        return Spikelet.run(List.of(new Failing(failure)), arguments, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void shouldSayWhatTheWorldDidInOneSentence() {
        assertEquals(1, run(new IOException("the port /dev/x does not answer: is the board on?"), "fail"));
        assertEquals("spikelet: the port /dev/x does not answer: is the board on?\n", err.toString());
    }

    @Test
    void shouldNameTheMissingFileAlsoWhenItIsWrapped() {
        assertEquals(2, run(new UncheckedIOException(new NoSuchFileException("model.nir")), "fail"));
        assertEquals("spikelet: no such file: model.nir\n", err.toString());
    }

    @Test
    void shouldCallBadBytesAndBadValuesBadInput() {
        assertEquals(2, run(new MalformedDataException(12, "version 9"), "fail"));
        assertEquals(2, run(new IllegalArgumentException("bits must be 4 or 8: bits=5"), "fail"));
        assertEquals("spikelet: version 9 (at byte 12)\nspikelet: bits must be 4 or 8: bits=5\n", err.toString());
    }

    @Test
    void shouldShowTheStackTraceOfAFaultOfOurs() {
        assertEquals(70, run(new IllegalStateException("impossible"), "fail"));
        assertTrue(err.toString().contains("IllegalStateException: impossible\n\tat "), err.toString());
    }

    @Test
    void shouldShowWhereAFailureCameFromWhenAsked() {
        assertEquals(1, run(new IOException("gone"), "fail", "--trace"));
        assertTrue(err.toString().contains("IOException: gone\n\tat "), err.toString());
    }

    @Test
    void shouldPointToTheHelpOfTheVerbThatWasMisused() {
        assertEquals(2, run(null, "fail", "--count", "many"));
        assertTrue(err.toString().startsWith("spikelet: Invalid value for option '--count'"), err.toString());
        assertTrue(err.toString().endsWith("Try 'spikelet fail --help'.\n"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void shouldListTheVerbsAndTheVersion() {
        assertEquals(0, Spikelet.run(new String[0], new PrintWriter(out), new PrintWriter(err)));
        assertTrue(out.toString().contains("broker"), out.toString());
        assertEquals(0, Spikelet.run(new String[] {"--version"}, new PrintWriter(out), new PrintWriter(err)));
        assertTrue(out.toString().contains("spikelet "), out.toString());
        assertEquals("", err.toString());
    }
}
