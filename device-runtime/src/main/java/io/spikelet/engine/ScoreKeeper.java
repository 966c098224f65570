package io.spikelet.engine;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/** Turns the output's values into a score for each class, step by step; the largest score wins. */
abstract class ScoreKeeper {
    /** (classes) */
    final int[] scores;

    /** Output values a class. */
    final int population;

    private ScoreKeeper(Readout readout) {
        scores = new int[readout.classes()];
        population = readout.population();
    }

    static ScoreKeeper of(SpikingNetwork network) {
        return switch (network.readout().kind()) {
            case COUNT, POTENTIAL -> new Sums(network.readout());
            case FIRST_SPIKE -> new FirstSpikes(network);
        };
    }

    /** Takes the output's values at step t. */
    abstract void collect(int t, int[] values);

    final void clear() {
        Arrays.fill(scores, 0);
    }

    /** The class with the largest score; the lowest of several. */
    final int leader() {
        int leader = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[leader]) {
                leader = c;
            }
        }
        return leader;
    }

    /** How far a class is ahead of the best of all others; 0 where there is no other. */
    final long lead(int leader) {
        if (scores.length == 1) {
            return 0;
        }
        long next = Long.MIN_VALUE;
        for (int c = 0; c < scores.length; c++) {
            if (c != leader) {
                next = Math.max(next, scores[c]);
            }
        }
        return scores[leader] - next;
    }

    /** Spikes or potentials of each class's values, added up over all steps (docs/equations.md, R1 and R2). */
    private static final class Sums extends ScoreKeeper {
        Sums(Readout readout) {
            super(readout);
        }

        @Override
        void collect(int t, int[] values) {
            for (int n = 0; n < values.length; n++) {
                scores[n / population] += values[n];
            }
        }
    }

    /**
     * Who fires first (R3): 0 for a class that never fired, else {@code (instants left after it)·most + spikes at it},
     * most being the most spikes that a class can give at one instant. So an earlier instant always scores more, and of
     * two classes in the same one that with more spikes. An instant is a step, or where the output gives times one of
     * the window's.
     */
    private static final class FirstSpikes extends ScoreKeeper {
        private final boolean times;

        /** Instants within one step of the engine. */
        private final int window;

        private final int instants;
        private final int most;

        FirstSpikes(SpikingNetwork network) {
            super(network.readout());
            EdgeDomain output = network.output().output();
            times = output.kind() == EdgeDomain.Kind.TIME;
            window = times ? output.maximum() : 1;
            instants = window * network.timeSteps();
            most = times ? population : population * output.maximum();
        }

        @Override
        void collect(int t, int[] values) {
            for (int c = 0; c < scores.length; c++) {
                if (scores[c] == 0) {
                    scores[c] = score(t, values, c * population);
                }
            }
        }

        private int score(int t, int[] values, int from) {
            int first = window;
            int spikes = 0;
            for (int n = from; n < from + population; n++) {
                int instant = times ? values[n] : values[n] == 0 ? window : 0;
                if (instant < first) {
                    first = instant;
                    spikes = 0;
                }
                if (instant == first && first < window) {
                    spikes += times ? 1 : values[n];
                }
            }
            return first == window ? 0 : (instants - 1 - t * window - first) * most + spikes;
        }
    }
}
