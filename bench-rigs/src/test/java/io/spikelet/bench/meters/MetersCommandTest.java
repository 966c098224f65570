package io.spikelet.bench.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class MetersCommandTest {
    @Test
    void shouldPrintForAStreamWhatWasTakenAndWhatBecameOfIt() {
        StringWriter out = new StringWriter();
        new CommandLine(new MetersCommand()).setOut(new PrintWriter(out)).execute("--seconds", "1", "--stream", "ppk2");
        List<String> lines = out.toString().lines().toList();
        String[] row = lines.getLast().strip().split(" +");
        assertEquals("ppk2", row[0]);
        long taken = Long.parseLong(row[2]);
        long decoded = Long.parseLong(row[3]);
        assertTrue(decoded > 10_000, lines.getLast());
        assertEquals(taken, decoded + Long.parseLong(row[4]) + Long.parseLong(row[5]) + Long.parseLong(row[6]));
    }

    @Test
    void shouldNotHoldWhenASampleIsLostOrMemoryAllocated() {
        assertTrue(new StreamResult(1, 100, 0, 0, 0, .1, 9, 0).holds());
        assertFalse(new StreamResult(1, 100, 1, 0, 0, .1, 9, 0).holds());
        assertFalse(new StreamResult(1, 100, 0, 1, 0, .1, 9, 0).holds());
        assertFalse(new StreamResult(1, 100, 0, 0, 0, .1, 9, 1).holds());
    }

    @Test
    void shouldNameTheStreamsThereAre() {
        IllegalArgumentException told = assertThrows(IllegalArgumentException.class, () -> StreamKind.of("ppk1"));
        assertTrue(told.getMessage().contains("ppk2, lpm01a, lpm01a-text"), told.getMessage());
    }
}
