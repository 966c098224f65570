package io.spikelet.hal.board;

import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Adds up the readings of a {@link PowerMeter}, each pair as a trapezoid. Between two readings that are further apart
 * than {@link #LONGEST_GAP_MILLIS} nothing is known and nothing is added: then the sum is too small, never a guess. What
 * changes faster than the readings come is seen as its mean only by a meter that forms means itself.
 */
public final class SampledEnergy implements EnergyMeter, Closeable {
    /** Longer pauses are not bridged. */
    public static final long LONGEST_GAP_MILLIS = 1000;

    /** What {@code microwatts + microwatts} times nanoseconds is divided by to give microjoules. */
    private static final long TWO_SECONDS = 2_000_000_000L;

    private final PowerMeter meter;
    private final Clock clock;
    private final String rhythm;
    private Thread thread;
    private volatile boolean closed;

    private boolean hasPrevious;
    private long previousNanos;
    private long previousMicrowatts;
    private long total;
    private long rest;
    private String failure = "no reading yet";

    SampledEnergy(PowerMeter meter, Clock clock, String rhythm) {
        this.meter = meter;
        this.clock = clock;
        this.rhythm = rhythm;
    }

    /**
     * Reads on a thread of its own until closed.
     *
     * @param periodMillis between two readings, 1..{@link #LONGEST_GAP_MILLIS}
     */
    public static SampledEnergy start(PowerMeter meter, Clock clock, long periodMillis) {
        if (periodMillis < 1 || periodMillis > LONGEST_GAP_MILLIS) {
            throw new IllegalArgumentException("periodMillis must be 1.." + LONGEST_GAP_MILLIS + ": " + periodMillis);
        }
        SampledEnergy energy = new SampledEnergy(meter, clock, "added up from a reading every " + periodMillis + " ms");
        energy.sample();
        energy.thread = Thread.ofPlatform().daemon().name("power meter").start(() -> energy.run(periodMillis));
        return energy;
    }

    private void run(long periodMillis) {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(periodMillis);
                sample();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt(); // closed: the thread ends
        }
    }

    /** Takes one reading. */
    void sample() {
        long microwatts;
        try {
            microwatts = meter.microwatts();
        } catch (IOException e) {
            fail(e.getMessage());
            return;
        }
        add(clock.nanoTime(), microwatts);
    }

    private synchronized void fail(String sentence) {
        hasPrevious = false;
        failure = sentence;
    }

    private synchronized void add(long now, long microwatts) {
        long elapsed = now - previousNanos;
        if (hasPrevious && elapsed <= TimeUnit.MILLISECONDS.toNanos(LONGEST_GAP_MILLIS)) {
            // A current that flows back for a moment would make the sum fall; a meter of what is used counts it as 0.
            long pair = Math.max(0, previousMicrowatts + microwatts);
            long product = pair * elapsed + rest;
            total += product / TWO_SECONDS;
            rest = product % TWO_SECONDS;
        }
        hasPrevious = true;
        previousNanos = now;
        previousMicrowatts = microwatts;
        failure = "";
    }

    @Override
    public synchronized OptionalLong microjoules() {
        return failure.isEmpty() ? OptionalLong.of(total) : OptionalLong.empty();
    }

    @Override
    public synchronized String source() {
        return meter.source() + (failure.isEmpty() ? ", " + rhythm : " cannot be read: " + failure);
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
