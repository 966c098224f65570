package io.spikelet.device;

import io.spikelet.hal.Clock;
import io.spikelet.manage.LogModule;
import io.spikelet.manage.LogRing;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;

/**
 * Copies the agent's own log into a {@link LogRing}. What libraries log stays out, since nobody has looked through their
 * words for secrets; whatever stands before the {@code @} of an address is struck out of ours too.
 */
final class LogTap extends Handler {
    private static final String OURS = "io.spikelet";
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]+@");

    /** A logger is collected as garbage, and forgets its level, unless somebody holds it. */
    private static final Logger OUR_LOGGER = Logger.getLogger(OURS);

    private static boolean levelIsSet;

    private final LogRing ring;
    private final Clock clock;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LogTap(LogRing ring, Clock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /** Copies from now on. */
    static LogTap into(LogRing ring, Clock clock) {
        LogTap tap = new LogTap(ring, clock);
        OUR_LOGGER.addHandler(tap);
        return tap;
    }

    /** Logs what is at least so grave, in the journal and in the ring; when empty, as the process was started to. */
    static synchronized void setLevel(Optional<LogRing.Level> least) {
        if (least.isPresent()) {
            Level level = journalLevel(least.get());
            OUR_LOGGER.setLevel(level);
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setLevel(level.intValue() < Level.INFO.intValue() ? level : Level.INFO);
            }
        } else if (levelIsSet) {
            OUR_LOGGER.setLevel(null);
        }
        levelIsSet = least.isPresent();
    }

    private static Level journalLevel(LogRing.Level level) {
        return switch (level) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    /** The level of this name, in lower case. */
    static LogRing.Level level(String name) {
        return LogRing.Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public void publish(LogRecord logged) {
        String logger = logged.getLoggerName();
        if (logger == null || !logger.startsWith(OURS)) {
            return;
        }
        String text = CREDENTIALS.matcher(formatter.formatMessage(logged)).replaceAll("***@");
        ring.add(
                TimeUnit.MILLISECONDS.toMicros(clock.epochMillis()),
                LogModule.ofLogger(logger),
                level(logged.getLevel()),
                text);
    }

    private static LogRing.Level level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return LogRing.Level.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return LogRing.Level.WARN;
        }
        return level.intValue() >= Level.INFO.intValue() ? LogRing.Level.INFO : LogRing.Level.DEBUG;
    }

    @Override
    public void flush() {
        // What is copied is there.
    }

    @Override
    public void close() {
        OUR_LOGGER.removeHandler(this);
    }
}
