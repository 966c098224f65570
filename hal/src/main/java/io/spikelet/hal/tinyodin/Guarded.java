package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.CoProcessorException;
import java.util.function.Consumer;

/** A burst between the opening and the closing of the gate, with the canary at its end. */
final class Guarded {
    private final SpiBurst burst;
    private final Canary canary;
    private final int canaryAt;

    private Guarded(SpiBurst burst, Canary canary, int canaryAt) {
        this.burst = burst;
        this.canary = canary;
        this.canaryAt = canaryAt;
    }

    /** @param inner takes the burst's own transactions */
    static Guarded of(Canary canary, Consumer<SpiBurst> inner) {
        SpiBurst burst = new SpiBurst().add(OdinHost.gate(true));
        inner.accept(burst);
        int canaryAt = burst.size();
        canary.read(burst);
        burst.add(OdinHost.gate(false));
        return new Guarded(burst, canary, canaryAt);
    }

    /** Whether the canary still sings after it. */
    boolean run(OdinHost host) throws CoProcessorException {
        host.run(burst);
        return canary.sings(burst, canaryAt);
    }

    /** @param at counted from the first of the burst's own transactions */
    int answer(int at) {
        return burst.answer(1 + at);
    }
}
