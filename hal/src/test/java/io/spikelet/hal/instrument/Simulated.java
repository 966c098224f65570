package io.spikelet.hal.instrument;

import io.spikelet.hal.sim.SimInstrument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Lets a simulated instrument answer while its meter waits, its time standing still. */
final class Simulated {
    private static final long PAUSE_NANOS = 500_000;

    private Simulated() {}

    @FunctionalInterface
    interface Asking<T> {
        T ask() throws IOException;
    }

    static <T> T answering(SimInstrument instrument, long nowNanos, Asking<T> asking) throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                try {
                    instrument.doWork(nowNanos);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        T answer;
        try {
            answer = asking.ask();
        } catch (IOException refused) {
            done.set(true);
            answering
                    .handle((nothing, hungUp) -> nothing)
                    .join(); // a meter that gives up hangs up, which its instrument may see
            throw refused;
        }
        done.set(true);
        answering.join();
        return answer;
    }
}
