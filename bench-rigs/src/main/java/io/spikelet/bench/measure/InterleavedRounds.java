package io.spikelet.bench.measure;

import io.spikelet.host.Progress;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Contenders take turns: a slow second of the machine strikes all of them alike.
 *
 * @param rounds how often each has its turn
 * @param turnMillis about how long a turn lasts; at least one inference
 * @param warmMillis how long each runs before, in turns too
 * @param clock what turns are timed by
 */
public record InterleavedRounds(int rounds, int turnMillis, int warmMillis, Clock clock) implements Serializable {
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final double NANOS_A_MICRO = 1e3;

    public InterleavedRounds {
        if (rounds < 1 || turnMillis < 1 || warmMillis < 1) {
            throw new IllegalArgumentException("rounds and times are 1 or more: rounds=" + rounds + " turnMillis="
                    + turnMillis + " warmMillis=" + warmMillis);
        }
    }

    /** @return one for each contender, in their order */
    public List<Timing> run(List<? extends Contender> contenders, Progress progress) {
        int warmTurns = Math.max(1, warmMillis / turnMillis);
        long steps = (long) (warmTurns + rounds) * contenders.size();
        long done = 0;
        int[] counts = new int[contenders.size()];
        for (int turn = 0; turn < warmTurns; turn++) {
            for (int c = 0; c < counts.length; c++) {
                counts[c] = warm(contenders.get(c));
                progress.at(++done, steps);
            }
        }
        double[][] micros = new double[counts.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < counts.length; k++) {
                int c = (k + round) % counts.length; // nobody always follows the same neighbour's caches
                micros[c][round] = turn(contenders.get(c), counts[c]);
                progress.at(++done, steps);
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            Contender contender = contenders.get(c);
            timings.add(new Timing(contender.name(), micros[c], Allocation.ofOne(contender), contender.weightBytes()));
        }
        return timings;
    }

    /** @return how many inferences fit into one turn */
    private int warm(Contender contender) {
        contender.prepare();
        long began = System.nanoTime();
        long until = began + turnMillis * NANOS_A_MILLI;
        int count = 0;
        do {
            contender.infer();
            count++;
        } while (System.nanoTime() < until);
        return count;
    }

    private double turn(Contender contender, int count) {
        contender.prepare();
        long began = clock.nanos();
        for (int i = 0; i < count; i++) {
            contender.infer();
        }
        return (clock.nanos() - began) / NANOS_A_MICRO / count;
    }
}
