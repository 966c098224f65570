package io.spikelet.bench.board;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Pulls a board's plug from a thread of its own, some time after it is told that the moment has come. */
final class Plug {
    private final CountDownLatch moment = new CountDownLatch(1);
    private final Thread thread;
    private volatile IOException failure;

    Plug(PluggedBoard board, long delayNanos) {
        thread = Thread.ofPlatform().daemon().name("plug").start(() -> {
            try {
                moment.await();
                long end = System.nanoTime() + delayNanos;
                for (long left = delayNanos; left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                board.pull();
            } catch (IOException e) {
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void now() {
        moment.countDown();
    }

    boolean isToldTo() {
        return moment.getCount() == 0;
    }

    /** Returns when the board is dead. */
    void await() throws IOException, InterruptedException {
        moment.countDown();
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }
}
