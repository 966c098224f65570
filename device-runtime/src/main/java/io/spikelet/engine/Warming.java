package io.spikelet.engine;

import io.spikelet.engine.rows.Rehearsal;
import io.spikelet.fixedpoint.SeededRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a network on vector kernels off the hot path until the JIT compiler has made machine code of them, then hands
 * them over to the engine that serves. Until then a call of the vector API is slower than plain Java by orders of
 * magnitude; what is compiled here serves every engine of the process.
 */
final class Warming implements Runnable {
    /** Both must be reached: calls make code hot, and compiling it takes its time. */
    private static final int SAMPLES = 300;

    private static final long NANOS = 1_500_000_000L;

    /** A slow processor stops here, warm or not. */
    private static final long MOST_NANOS = 20_000_000_000L;

    /** Loops that were compiled in this process already, so that the next engine need not wait for them. */
    private static final Set<String> WARM = ConcurrentHashMap.newKeySet();

    /** In {@link #WARM}, the loops of a learner. */
    private static final String LEARNING = "learning";

    /** A class of its own, so that a start makes no logger: most never complain, and a first answer need not wait for one. */
    private static final class Complaint {
        private static final Logger LOG = LoggerFactory.getLogger(Warming.class);
    }

    private final Engine serving;

    Warming(Engine serving) {
        this.serving = serving;
    }

    /** Starts a daemon thread of least priority; it lays the weights out too, so that whoever serves never waits for it. */
    void begin() {
        Thread thread = new Thread(this, "spikelet-warming");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    @Override
    public void run() {
        Engine warm = serving.onVectors();
        if (!WARM.containsAll(warm.loops())) {
            run(warm);
            WARM.addAll(warm.loops());
        }
        if (warm.network().learning().isPresent() && WARM.add(LEARNING)) {
            Rehearsal.run(MOST_NANOS);
        }
        if (passesSelfTests(warm)) {
            serving.adopt(warm);
        }
    }

    /** The start tested the plain kernels, which then go on serving: vectors are the faster way, not the only one. */
    private static boolean passesSelfTests(Engine warm) {
        try {
            SelfTests.verify(new Classifier(warm));
            warm.reset();
            return true;
        } catch (SelfTestFailedException e) {
            Complaint.LOG.error(
                    "the vector kernels are not used, since they compute something else here: {}", e.getMessage());
            return false;
        }
    }

    private static void run(Engine warm) {
        byte[] sample = new byte[warm.network().sampleBytes()];
        int maximum = Math.min(255, warm.network().input().output().maximum());
        SeededRandom random = new SeededRandom(1);
        long start = System.nanoTime();
        long spent = 0;
        for (int i = 0; spent < MOST_NANOS && (i < SAMPLES || spent < NANOS); i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = (byte) (random.next(31) % (maximum + 1));
            }
            warm.run(sample);
            spent = System.nanoTime() - start;
        }
        warm.reset();
    }
}
