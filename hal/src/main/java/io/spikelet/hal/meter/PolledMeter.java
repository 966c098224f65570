package io.spikelet.hal.meter;

import io.spikelet.hal.board.PowerReading;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A meter made of one that is asked again and again, on a thread of its own, in the rhythm that its traits name.
 *
 * <p>A sample carries the time of its reading, the middle between question and answer, on {@link System#nanoTime}. A
 * question that came late, because the system was busy or the answer before took long, leaves a gap of its size; those
 * that were left out meanwhile are not made up for. An answer without a number counts as broken; when there was none for
 * {@link #PATIENCE_NANOS}, three in a row at least, the instrument is gone. Whoever reads later than {@link #ROOM} samples
 * loses the oldest, which are counted as lost.
 */
public final class PolledMeter implements Meter {
    /** How long an instrument may give no number before it is called gone, 1 s. */
    public static final long PATIENCE_NANOS = 1_000_000_000;

    /** How many samples are kept for whoever reads. */
    public static final int ROOM = 4096;

    private static final int FEWEST_FAILURES = 3;
    private static final double SECOND = 1e9;

    private final Polled polled;
    private final MeterTraits traits;
    private final Closeable device;
    private final long periodNanos;

    private final long[] nanos = new long[ROOM];
    private final PowerReading[] readings = new PowerReading[ROOM];
    private int first;
    private int size;
    private long lost;
    private long broken;
    private IOException gone;

    /** The one that polls now; another one ends as soon as it sees so. It is not interrupted, which would break a link. */
    private volatile Thread thread;

    private Thread ending;
    private boolean closed;

    /**
     * @param traits {@code means} is set by what is polled
     * @param device closed with this; may be a no-op
     */
    public PolledMeter(Polled polled, MeterTraits traits, Closeable device) {
        this.polled = polled;
        this.traits = new MeterTraits(
                traits.name(),
                traits.source(),
                traits.samplesPerSecond(),
                polled.means(),
                traits.accuracy(),
                traits.clockPpm(),
                traits.digitalInputs(),
                traits.maximumAmps());
        this.device = device;
        periodNanos = Math.max(1, Math.round(SECOND / traits.samplesPerSecond()));
    }

    @Override
    public MeterTraits traits() {
        return traits;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks once, so that what cannot be read is told now.
     */
    @Override
    public void start() throws IOException {
        if (closed) {
            throw new IOException(traits.name() + " is closed; open it again");
        }
        if (thread != null) {
            throw new IllegalStateException(traits.name() + " samples already; stop it first");
        }
        if (ending != null && ending.isAlive()) {
            throw new IOException(traits.name() + " still waits for an answer from before its stop; try again later");
        }
        polled.restart();
        polled.ask(System.nanoTime());
        polled.restart();
        first = 0;
        size = 0;
        lost = 0;
        broken = 0;
        gone = null;
        long origin = System.nanoTime();
        thread = Thread.ofPlatform().daemon().name("meter " + traits.name()).unstarted(() -> poll(origin));
        thread.start();
    }

    private void poll(long origin) {
        long due = origin;
        long good = origin;
        int failures = 0;
        while (Thread.currentThread() == thread) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
                continue;
            }
            long asked = System.nanoTime();
            try {
                PowerReading reading = polled.ask(asked);
                long answered = System.nanoTime();
                failures = 0;
                good = answered;
                if (reading != null) {
                    // The difference of a counter is timed as its two questions were.
                    keep((traits.means() ? asked : asked + (answered - asked) / 2) - origin, reading);
                }
            } catch (IOException noNumber) {
                failures++;
                long since = System.nanoTime() - good;
                if (fail(noNumber, failures >= FEWEST_FAILURES && since >= PATIENCE_NANOS)) {
                    return;
                }
            }
            long behind = System.nanoTime() - due;
            due += Math.max(1, Math.ceilDiv(behind, periodNanos)) * periodNanos;
        }
    }

    private synchronized void keep(long atNanos, PowerReading reading) {
        if (Thread.currentThread() != thread) {
            return; // stopped meanwhile
        }
        if (!Double.isFinite(reading.watts())) {
            broken++;
        } else {
            if (size == ROOM) {
                first = (first + 1) % ROOM;
                size--;
                lost++;
            }
            int at = (first + size++) % ROOM;
            nanos[at] = atNanos;
            readings[at] = reading;
        }
        notifyAll();
    }

    /** Whether to end. */
    private synchronized boolean fail(IOException noNumber, boolean forGood) {
        if (Thread.currentThread() != thread) {
            return true;
        }
        broken++;
        if (forGood) {
            gone = noNumber;
        }
        notifyAll();
        return forGood;
    }

    @Override
    public synchronized int read(SampleBlock into, int timeoutMillis) throws IOException {
        into.clear();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (thread != null && size == 0 && gone == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (thread == null) {
            return 0;
        }
        if (size == 0 && gone != null) {
            throw new IOException(gone.getMessage() + "; it gave no number for a second and counts as gone", gone);
        }
        while (size > 0 && !into.isFull()) {
            PowerReading reading = readings[first];
            into.add(nanos[first], reading.watts(), reading.volts(), reading.amps());
            first = (first + 1) % ROOM;
            size--;
        }
        into.addLost(lost);
        for (; broken > 0; broken--) {
            into.addBroken();
        }
        lost = 0;
        return into.size();
    }

    @Override
    public void stop() {
        synchronized (this) {
            if (thread == null) {
                return;
            }
            ending = thread;
            thread = null;
            size = 0;
            notifyAll();
        }
        LockSupport.unpark(ending);
        try {
            ending.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            stop();
            device.close();
        }
    }
}
