package io.spikelet.hal.sim;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a simulated instrument at true pace, in a thread of its own, until closed or until its wire is gone. */
public final class SimPace implements Closeable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SimInstrument instrument;
    private final Thread thread;
    private volatile boolean closed;

    private SimPace(SimInstrument instrument) {
        this.instrument = instrument;
        thread = Thread.ofPlatform().daemon().name("simulated-instrument").unstarted(this::run);
    }

    /** Begins; closing ends the thread and closes the instrument. */
    public static SimPace run(SimInstrument instrument) {
        SimPace pace = new SimPace(instrument);
        pace.thread.start();
        return pace;
    }

    private void run() {
        try {
            while (!closed) {
                instrument.doWork(System.nanoTime());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException gone) {
            // whoever measured with it hung up, which is how a measurement ends; the reader at the other end is told
            closed = true;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException remembered) {
                interrupted = true;
            }
        }
        instrument.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
