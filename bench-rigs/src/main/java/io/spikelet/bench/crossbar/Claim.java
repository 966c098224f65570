package io.spikelet.bench.crossbar;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether more time steps lose more: the losses at the most steps against those at the fewest, chip by chip, since chip k of all
 * subjects has the same cells.
 *
 * @param condition of the chips
 * @param group of subjects
 * @param fewest steps
 * @param most steps
 * @param difference mean of the losses at most steps less those at the fewest, points
 * @param error its standard error, points
 */
record Claim(String condition, String group, int fewest, int most, double difference, double error) {
    /** Differences beyond so many standard errors are told from none. */
    private static final double CLEAR = 2;

    static Claim of(List<Trial> trials) {
        Trial first = trials.stream()
                .min(Comparator.comparingInt(trial -> trial.subject().steps()))
                .orElseThrow();
        Trial last = trials.stream()
                .max(Comparator.comparingInt(trial -> trial.subject().steps()))
                .orElseThrow();
        double[] differences = new double[first.chips().losses().length];
        for (int chip = 0; chip < differences.length; chip++) {
            differences[chip] = last.chips().losses()[chip] - first.chips().losses()[chip];
        }
        Chips paired = new Chips(differences);
        return new Claim(
                first.condition(),
                first.subject().group(),
                first.subject().steps(),
                last.subject().steps(),
                paired.mean(),
                paired.standardError());
    }

    String verdict() {
        if (Math.abs(difference) <= CLEAR * error) {
            return "no difference";
        }
        return difference > 0 ? "CONFIRMED: more steps lose more" : "REFUTED: more steps lose less";
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "%s, %s: T = %d loses %+.2f points beside T = %d (standard error %.2f): %s",
                group,
                condition,
                most,
                difference,
                fewest,
                error,
                verdict());
    }
}
