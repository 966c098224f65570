package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JournalFormatterTest {
    private final JournalFormatter formatter = new JournalFormatter();

    @Test
    void shouldGiveEachLineItsPriority() {
        assertEquals("<6>serves\n", formatter.format(new LogRecord(Level.INFO, "serves")));
        assertEquals("<4>one\n<4>two\n", formatter.format(new LogRecord(Level.WARNING, "one\ntwo")));
        assertEquals("<3>failed\n", formatter.format(new LogRecord(Level.SEVERE, "failed")));
        assertEquals("<7>detail\n", formatter.format(new LogRecord(Level.FINE, "detail")));
    }

    @Test
    void shouldTellWhatWasThrown() {
        LogRecord entry = new LogRecord(Level.SEVERE, "failed");
        entry.setThrown(new IllegalStateException("why"));
        String lines = formatter.format(entry);
        assertTrue(lines.startsWith("<3>failed\n<3>java.lang.IllegalStateException: why\n<3>\tat "), lines);
    }
}
