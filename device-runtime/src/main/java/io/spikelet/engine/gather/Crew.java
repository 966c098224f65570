package io.spikelet.engine.gather;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the output lines of one layer at a time. Each line is computed by one of them in the same way as by
 * one alone, so the bits do not depend on how many there are. Handing work out allocates nothing.
 */
public final class Crew implements AutoCloseable {
    /** Some lines of a layer. */
    interface Lines {
        void run(int firstLine, int endLine);
    }

    /** Spins before a thread sleeps until it is woken. */
    private static final int SPINS = 2000;

    private final Thread[] helpers;
    private final AtomicInteger pending = new AtomicInteger();

    /** What ended a helper's share too soon; whoever handed the work out throws it. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Lines work;
    private int lines;

    /** Counts the layers handed out; written last, read first by the helpers. */
    private volatile int turn;

    private volatile boolean closed;

    /** @param threads in all, the caller's own included; 1 or more */
    public Crew(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more: threads=" + threads);
        }
        helpers = new Thread[threads - 1];
        for (int k = 0; k < helpers.length; k++) {
            int share = k + 1;
            helpers[k] = new Thread(() -> help(share), "spikelet-lines-" + share);
            helpers[k].setDaemon(true);
            helpers[k].start();
        }
    }

    /**
     * Runs all lines; returns when the last is done. Alone where there are no helpers, or no longer.
     *
     * @throws IllegalStateException when a helper failed, with its cause
     */
    void run(Lines each, int count) {
        if (helpers.length == 0 || count == 1 || closed) {
            each.run(0, count);
            return;
        }
        work = each;
        lines = count;
        pending.set(helpers.length);
        turn++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        try {
            runShare(0);
        } finally {
            while (pending.get() > 0) {
                Thread.onSpinWait();
            }
        }
        Throwable failed = failure.getAndSet(null);
        if (failed != null) {
            throw new IllegalStateException("a thread that shares the lines of a layer failed", failed);
        }
    }

    private void runShare(int share) {
        int threads = helpers.length + 1;
        int first = (int) ((long) lines * share / threads);
        int end = (int) ((long) lines * (share + 1) / threads);
        if (first < end) {
            work.run(first, end);
        }
    }

    private void help(int share) {
        int seen = 0;
        while (!closed) {
            int spins = 0;
            while (turn == seen && !closed) {
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (turn != seen) {
                seen = turn;
                try {
                    runShare(share);
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                } finally {
                    pending.decrementAndGet();
                }
            }
        }
    }

    /** Ends the helpers; call it when no work is handed out. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
