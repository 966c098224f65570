package io.spikelet.bench.energy;

import java.util.Arrays;

/**
 * How far a sum of independent errors lies from 0 with a stated probability: any number of rectangular ones and one that is Student's.
 * The distributions are propagated (JCGM 101:2008), by convolution on a grid in place of random draws, so that the same parts give the
 * same interval. A coverage factor of 2 would be wrong here: a rectangular part of ±1 % alone reaches no further than 1 %, and 95 %
 * of it lie within .95 %, not 1.15 %.
 */
final class CoverageInterval {
    private static final int CELLS = 8192;
    private static final double LOW_DEGREES_REACH = 1e-6;

    private CoverageInterval() {}

    /**
     * Half the width of the interval around 0.
     *
     * @param halfWidths limits of the rectangular parts, 0 or more each
     * @param scale of the part that is Student's, its standard uncertainty
     * @param degrees of freedom of that part, 1 or more
     * @param level probability, such as .95
     */
    static double halfWidth(double[] halfWidths, double scale, double degrees, double level) {
        double boxes = Arrays.stream(halfWidths).sum();
        if (boxes == 0) {
            return scale == 0 ? 0 : scale * StudentT.quantile((1 + level) / 2, degrees);
        }
        double tail = scale == 0 ? 0 : scale * StudentT.quantile(1 - LOW_DEGREES_REACH, degrees);
        // A tail beyond what the boxes hide is not needed for the quantile that is asked.
        double reach = boxes + Math.min(tail, Math.max(boxes, 2 * scale * StudentT.quantile((3 + level) / 4, degrees)));
        double step = 2 * reach / CELLS;
        double[] below = new double[CELLS + 1]; // distribution function at -reach + i · step
        for (int i = 0; i <= CELLS; i++) {
            double x = -reach + i * step;
            below[i] = scale == 0 ? (x < 0 ? 0 : x == 0 ? .5 : 1) : StudentT.below(x / scale, degrees);
        }
        boolean smooth = scale > step;
        for (double half : halfWidths) {
            // A box much narrower than a cell changes nothing that the grid could show.
            if (half > 0) {
                below = smooth || half > step ? average(below, half, step) : below;
                smooth = true;
            }
        }
        double wanted = (1 + level) / 2;
        int i = CELLS / 2;
        while (i < CELLS && below[i] < wanted) {
            i++;
        }
        double rise = below[i] - below[i - 1];
        return -reach + (i - (rise > 0 ? (below[i] - wanted) / rise : 0)) * step;
    }

    /** The distribution function of the sum with a rectangular part: its mean over the width of that. */
    private static double[] average(double[] below, double half, double step) {
        double[] sum = new double[below.length]; // integral from the left end, in cells
        for (int i = 1; i < below.length; i++) {
            sum[i] = sum[i - 1] + (below[i - 1] + below[i]) / 2;
        }
        double[] averaged = new double[below.length];
        double cells = half / step;
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
