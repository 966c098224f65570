package io.spikelet.device;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Lines as the journal takes them from standard error: each begins with its priority, {@code <4>} (sd-daemon(3)); the time is the
 * journal's own.
 */
final class JournalFormatter extends Formatter {
    /** Priorities of syslog(3). */
    private static final int ERROR = 3;

    private static final int WARNING = 4;
    private static final int INFORMATION = 6;
    private static final int DEBUG = 7;

    /** In place of the formatters of all that logs to standard error. */
    static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JournalFormatter());
        }
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder lines = new StringBuilder();
        text(entry)
                .lines()
                .forEach(line -> lines.append('<')
                        .append(priority(entry.getLevel()))
                        .append('>')
                        .append(line)
                        .append('\n'));
        return lines.toString();
    }

    private String text(LogRecord entry) {
        if (entry.getThrown() == null) {
            return formatMessage(entry);
        }
        StringWriter trace = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(trace));
        return formatMessage(entry) + "\n" + trace;
    }

    private static int priority(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return WARNING;
        }
        return value >= Level.INFO.intValue() ? INFORMATION : DEBUG;
    }
}
