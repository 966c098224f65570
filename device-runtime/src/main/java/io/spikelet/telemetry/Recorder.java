package io.spikelet.telemetry;

import io.spikelet.hal.Clock;
import io.spikelet.hal.Store;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns readings into records of what is news, dated and kept until the broker has them. One thread. */
final class Recorder {
    /** What waits longer than this in memory is written: a power cut loses that much. */
    static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Written sooner when it is this much: a few pages of a card. */
    static final int FLUSH_BYTES = 16 << 10;

    private static final long KEEP_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final BoardTime time;
    private final Map<BoardMetric, Reading> told = new EnumMap<>(BoardMetric.class);
    private final Outbox outbox;
    private DeadBands bands;
    private long flushedAt;
    private long keptAt;
    private boolean storeFails;

    Recorder(Clock clock, Store store, TelemetrySettings settings) throws IOException {
        time = new BoardTime(clock);
        bands = settings.deadBands();
        outbox = Outbox.open(store, settings.storeBytes());
        time.atLeast(outbox.passed());
        outbox.anchors().forEach(time::anchor);
        dateEarlierStarts();
        time.look();
        flushedAt = clock.nanoTime();
        keptAt = flushedAt;
    }

    /** An earlier start whose clock was never set lies between what was before it and now; more is not known of it. */
    private void dateEarlierStarts() throws IOException {
        for (Stamp last : outbox.undated()) {
            RecordCodec.Anchor guess = new RecordCodec.Anchor(last.start(), time.epochMillis() + 1, true);
            time.anchor(guess);
            time.atLeast(guess.epochMillis() + last.millis() + 1);
            outbox.passed(guess.epochMillis() + last.millis() + 1);
            outbox.anchor(guess);
        }
    }

    BoardTime time() {
        return time;
    }

    Outbox outbox() {
        return outbox;
    }

    DeadBands bands() {
        return bands;
    }

    void use(DeadBands changed) {
        bands = changed;
    }

    /** What the host knows now, as a birth told it. */
    void toldAll(Map<BoardMetric, Reading> readings) {
        told.clear();
        told.putAll(readings);
    }

    /**
     * Looks at the clock.
     *
     * @return whether it has become known by this look
     */
    boolean lookAtTheClock() {
        if (!time.look()) {
            return false;
        }
        LOG.info("the clock is set; what was recorded before is dated by it");
        RecordCodec.Anchor anchor = new RecordCodec.Anchor(outbox.start(), time.startMillis(), false);
        time.anchor(anchor);
        safely(() -> outbox.anchor(anchor));
        return true;
    }

    /** Records what is news since what was told last; empty when nothing is. */
    Optional<TelemetryRecord> record(Map<BoardMetric, Reading> readings) {
        Map<BoardMetric, Reading> news = new EnumMap<>(BoardMetric.class);
        readings.forEach((metric, reading) -> {
            if (bands.isNews(metric, told.get(metric), reading)) {
                news.put(metric, reading);
            }
        });
        if (news.isEmpty()) {
            return Optional.empty();
        }
        told.putAll(news);
        TelemetryRecord record = new TelemetryRecord(outbox.nextNumber(), time.stamp(outbox.start()), news);
        safely(() -> outbox.add(record));
        return Optional.of(record);
    }

    /** Writes what is due. */
    void turn(long nowNanos) {
        int unwritten = outbox.unwritten();
        if (unwritten == 0) {
            flushedAt = nowNanos;
        } else if (unwritten >= FLUSH_BYTES || nowNanos - flushedAt >= FLUSH_NANOS) {
            flushedAt = nowNanos;
            safely(outbox::flush);
        }
        if (nowNanos - keptAt >= KEEP_NANOS) {
            keep(nowNanos);
        }
    }

    /** Notes on the store how far the outbox is and what time it is. */
    void keep(long nowNanos) {
        keptAt = nowNanos;
        if (time.isKnown()) {
            outbox.passed(time.epochMillis());
        }
        safely(outbox::keep);
    }

    /** Before the store is closed. */
    void close(long nowNanos) {
        safely(outbox::flush);
        keep(nowNanos);
    }

    private interface StoreWork {
        void run() throws IOException;
    }

    /** A card that takes no more must not end telemetry: memory goes on as long as it can, and drops are counted. */
    private void safely(StoreWork work) {
        try {
            work.run();
            storeFails = false;
        } catch (IOException e) {
            if (!storeFails) {
                storeFails = true;
                LOG.warn("telemetry cannot be stored: {}; the newest stays in memory", e.getMessage());
            }
        }
    }
}
