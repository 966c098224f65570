package io.spikelet.bench.rig;

import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A meter at work on a thread of its own, while another drives the device; what it says goes into one recording. */
final class MeterRecorder implements Closeable {
    private static final int BLOCK_SAMPLES = 1 << 14;
    private static final int READ_MILLIS = 100;
    private static final int FIRST_SAMPLE_SECONDS = 10;
    private static final int STOP_SECONDS = 15;

    private final Meter meter;
    private final PowerRecording recording;
    private final Thread thread;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile long lastNanos;
    private volatile IOException failure;

    private MeterRecorder(Meter meter) {
        this.meter = meter;
        recording = new PowerRecording(meter.traits());
        thread = Thread.ofPlatform().name("meter " + meter.traits().name()).daemon().unstarted(this::record);
    }

    /**
     * Starts the meter and waits for its first samples.
     *
     * @throws IOException when it does not start, or nothing comes
     */
    static MeterRecorder start(Meter meter) throws IOException {
        MeterRecorder recorder = new MeterRecorder(meter);
        recorder.thread.start();
        try {
            if (!recorder.begun.await(FIRST_SAMPLE_SECONDS, TimeUnit.SECONDS)) {
                recorder.stop();
                throw new IOException("the meter " + meter.traits().name() + " sent no sample within "
                        + FIRST_SAMPLE_SECONDS + " s; check its wiring and that it supplies the board");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            recorder.ending = true;
            throw new IOException("interrupted while the meter started", e);
        }
        recorder.check();
        return recorder;
    }

    private void record() {
        SampleBlock block = new SampleBlock(BLOCK_SAMPLES);
        try {
            meter.start();
            while (!ending) {
                int count = meter.read(block, READ_MILLIS);
                recording.add(block, System.nanoTime());
                if (count > 0) {
                    lastNanos = block.nanos(count - 1);
                    begun.countDown();
                }
            }
            meter.stop();
        } catch (IOException gone) {
            failure = gone;
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
     * Waits until what the meter told reaches beyond the present, so that a window which just ended is in the recording.
     *
     * @param millis at least so long
     */
    void catchUp(int millis) throws IOException {
        pause(millis);
        check();
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
            if (!thread.join(java.time.Duration.ofSeconds(STOP_SECONDS))) {
                throw new IOException("the meter " + meter.traits().name() + " does not stop; unplug it and plug it in");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the meter stopped", e);
        }
    }
}
