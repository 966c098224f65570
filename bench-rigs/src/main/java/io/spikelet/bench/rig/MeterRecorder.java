package io.spikelet.bench.rig;

import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A meter at work on a thread of its own, while another drives the device; what it says goes into one recording. */
final class MeterRecorder implements Closeable {
    private static final int BLOCK_SAMPLES = 1 << 14;
    private static final int READ_MILLIS = 100;
    private static final int FIRST_SAMPLE_SECONDS = 10;
    private static final int STOP_SECONDS = 15;
    private static final int LATEST_SECONDS = 10;
    private static final int LOOK_MILLIS = 5;
    private static final int LAST_RESORT_MILLIS = 2_000;

    private final Meter meter;
    private final PowerRecording recording;
    private final Thread thread;
    /** Ctrl-C ends this program without {@link #close}: no meter goes on streaming, or supplying, after it. */
    private final Thread lastResort = new Thread(this::endAtOnce, "meter-last-resort");

    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile long lastNanos;
    /** By how much the host's clock is ahead of the meter's at the least: what the fastest block took is within it. */
    private volatile long leastOffset = Long.MAX_VALUE;

    private volatile IOException failure;

    private MeterRecorder(Meter meter) {
        this.meter = meter;
        recording = new PowerRecording(meter.traits());
        thread = Thread.ofPlatform()
                .name("meter " + meter.traits().name())
                .daemon()
                .unstarted(this::record);
    }

    /**
     * Starts the meter and waits for its first samples.
     *
     * @throws IOException when it does not start, or nothing comes
     */
    static MeterRecorder start(Meter meter) throws IOException {
        MeterRecorder recorder = new MeterRecorder(meter);
        Runtime.getRuntime().addShutdownHook(recorder.lastResort);
        recorder.thread.start();
        try {
            if (!recorder.begun.await(FIRST_SAMPLE_SECONDS, TimeUnit.SECONDS)) {
                recorder.stop();
                throw new IOException("the meter " + meter.traits().name() + " sent no sample within "
                        + FIRST_SAMPLE_SECONDS + " s; check its wiring and that it supplies the board");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            recorder.endAtOnce();
            recorder.forget();
            throw new IOException("interrupted while the meter started", e);
        }
        try {
            recorder.check();
            return recorder;
        } catch (IOException failed) {
            recorder.forget();
            throw failed;
        }
    }

    private void record() {
        SampleBlock block = new SampleBlock(BLOCK_SAMPLES);
        try {
            meter.start();
            while (!ending) {
                int count = meter.read(block, READ_MILLIS);
                recording.add(block, System.nanoTime());
                if (count > 0) {
                    long last = block.nanos(count - 1);
                    leastOffset = Math.min(leastOffset, System.nanoTime() - last);
                    lastNanos = last;
                    begun.countDown();
                }
            }
            meter.stop();
        } catch (IOException gone) {
            failure = gone;
        } catch (RuntimeException fault) {
            failure =
                    new IOException("the driver of the meter " + meter.traits().name() + " failed: " + fault, fault);
        } finally {
            begun.countDown();
        }
    }

    /** The time of the newest sample, ns of the meter's clock. */
    long nanos() {
        return lastNanos;
    }

    /** @throws IOException when the meter has failed meanwhile */
    void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    /**
     * Waits, so that a window which just ended is in the recording: a host that is busy reads its meter late, and a window
     * that is looked for too early is taken for the rest before it.
     *
     * @param millis at least so long, and until samples from so much later are there
     */
    void catchUp(int millis) throws IOException {
        long begun = System.nanoTime();
        long wanted = begun - leastOffset + TimeUnit.MILLISECONDS.toNanos(millis);
        pause(millis);
        check();
        while (lastNanos < wanted) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(LATEST_SECONDS)) {
                throw new IOException("the meter " + meter.traits().name() + " is more than " + LATEST_SECONDS
                        + " s behind; lower its rate, or end what else runs on this machine");
            }
            pause(LOOK_MILLIS);
            check();
        }
    }

    /** Sleeps on the thread that drives the device. */
    static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the meter recorded", e);
        }
    }

    private void endAtOnce() {
        ending = true;
        try {
            thread.join(LAST_RESORT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException programEnds) {
            ending = true; // the hook runs then, and finds a meter that has stopped
        }
    }

    /** Ends the recording and gives it out. */
    PowerRecording stop() throws IOException {
        close();
        check();
        return recording;
    }

    @Override
    public void close() throws IOException {
        ending = true;
        try {
            if (!thread.join(Duration.ofSeconds(STOP_SECONDS))) {
                throw new IOException(
                        "the meter " + meter.traits().name() + " does not stop; unplug it and plug it in");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the meter stopped", e);
        } finally {
            forget();
        }
    }
}
