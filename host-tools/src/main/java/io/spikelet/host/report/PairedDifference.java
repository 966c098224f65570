package io.spikelet.host.report;

import java.util.Locale;

/**
 * How much less often one network is right than another on the same samples. The 95 % interval is Wald's with half a
 * sample added to each cell of the table of both (Agresti and Min, Statistics in Medicine 24, 2005), which stays sound
 * when few or no answers differ.
 *
 * @param lost samples that only the first had right
 * @param won samples that only the second had right
 * @param count samples in all
 */
public record PairedDifference(int lost, int won, int count) {
    private static final double Z = 1.959963984540054;
    private static final double POINTS = 100;

    public PairedDifference {
        if (lost < 0 || won < 0 || count < 1 || lost + won > count) {
            throw new IllegalArgumentException(
                    "lost and won must be parts of count: lost=" + lost + " won=" + won + " count=" + count);
        }
    }

    /**
     * @param from the first network's answers
     * @param to the second network's, to the same samples
     * @param labels what is right
     */
    public static PairedDifference of(int[] from, int[] to, int[] labels) {
        int lost = 0;
        int won = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean before = from[i] == labels[i];
            boolean after = to[i] == labels[i];
            lost += before && !after ? 1 : 0;
            won += after && !before ? 1 : 0;
        }
        return new PairedDifference(lost, won, labels.length);
    }

    /** Percentage points that the second loses; below 0 where it gains. */
    public double points() {
        return POINTS * (lost - won) / count;
    }

    /** In percentage points. */
    public Accuracy.Interval interval() {
        double n = count + 2;
        double difference = (lost - won) / n;
        double discordant = (lost + won + 1) / n;
        double half = Z * Math.sqrt((discordant - difference * difference) / n);
        return new Accuracy.Interval(POINTS * Math.max(-1, difference - half), POINTS * Math.min(1, difference + half));
    }

    /** Whether the interval lies above 0. */
    public boolean isLoss() {
        return interval().low() > 0;
    }

    /** Whether the interval lies below 0. */
    public boolean isGain() {
        return interval().high() < 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f points (95 %%: %.1f to %.1f)",
                points(),
                interval().low(),
                interval().high());
    }
}
