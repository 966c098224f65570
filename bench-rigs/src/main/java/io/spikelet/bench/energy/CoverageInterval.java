package io.spikelet.bench.energy;

import java.util.Arrays;

/**
 * How far a sum of independent errors lies from 0: any number of rectangular ones and one that is Student's. The distributions are
 * propagated (JCGM 101:2008), by convolution on a grid in place of random draws, so that the same parts give the same interval. A
 * coverage factor of 2 would be wrong here: a rectangular part of ±1 % alone reaches no further than 1 %, and 95 % of it lie within
 * .95 %, not 1.15 %.
 */
final class CoverageInterval {
    private static final int CELLS = 8192;
    /** Of the Student's part, which may have no end, this share on either side is left out. */
    private static final double LEFT_OUT = 1e-4;

    private final double scale;
    private final double degrees;
    private final double reach;
    private final double step;
    private final double[] below; // distribution function at -reach + i · step; empty where Student's part is alone

    /**
     * Convolves.
     *
     * @param limits of the rectangular parts, 0 or more each
     * @param scale of the part that is Student's, its standard uncertainty
     * @param degrees of freedom of that part, 1 or more
     */
    CoverageInterval(double[] limits, double scale, double degrees) {
        this.scale = scale;
        this.degrees = degrees;
        double boxes = Arrays.stream(limits).sum();
        reach = boxes + (scale == 0 ? 0 : scale * StudentT.quantile(1 - LEFT_OUT, degrees));
        step = 2 * reach / CELLS;
        if (boxes == 0) {
            below = new double[0];
            return;
        }
        double[] sum = new double[CELLS + 1];
        for (int i = 0; i <= CELLS; i++) {
            double x = (i - CELLS / 2) * step;
            sum[i] = scale == 0 ? (Math.signum(x) + 1) / 2 : StudentT.below(x / scale, degrees);
        }
        for (double limit : limits) {
            sum = limit > 0 ? average(sum, limit / step) : sum;
        }
        below = sum;
    }

    /** Half the width around 0 that holds the sum with this probability, below 1 - 2e-4. */
    double halfWidth(double level) {
        double wanted = (1 + level) / 2;
        if (below.length == 0) {
            return scale == 0 ? 0 : scale * StudentT.quantile(wanted, degrees);
        }
        int i = CELLS / 2 + 1;
        while (i < CELLS && below[i] < wanted) {
            i++;
        }
        double rise = below[i] - below[i - 1];
        return (i - CELLS / 2 - (rise > 0 ? Math.max(0, below[i] - wanted) / rise : 0)) * step;
    }

    /** The probability that the sum lies within this distance from 0. */
    double level(double halfWidth) {
        if (below.length == 0) {
            return scale == 0 ? 1 : 1 - StudentT.outside(halfWidth / scale, degrees);
        }
        double place = Math.min(CELLS, CELLS / 2 + halfWidth / step);
        int i = (int) Math.min(CELLS - 1, Math.floor(place));
        return 2 * (below[i] + (place - i) * (below[i + 1] - below[i])) - 1;
    }

    /** The distribution function of the sum with a rectangular part: its mean over the width of that. */
    private static double[] average(double[] below, double cells) {
        double[] sum = new double[below.length]; // integral from the left end, in cells
        for (int i = 1; i < below.length; i++) {
            sum[i] = sum[i - 1] + (below[i - 1] + below[i]) / 2;
        }
        double[] averaged = new double[below.length];
        for (int i = 0; i < below.length; i++) {
            averaged[i] = (at(sum, below, i + cells) - at(sum, below, i - cells)) / (2 * cells);
        }
        return averaged;
    }

    private static double at(double[] sum, double[] below, double place) {
        if (place <= 0) {
            return place * below[0];
        }
        int last = sum.length - 1;
        if (place >= last) {
            return sum[last] + (place - last) * below[last];
        }
        int cell = (int) place;
        double part = place - cell;
        return sum[cell] + part * (below[cell] + part * (below[cell + 1] - below[cell]) / 2);
    }
}
