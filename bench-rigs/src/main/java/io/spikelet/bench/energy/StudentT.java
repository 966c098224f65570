package io.spikelet.bench.energy;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** Student's t distribution, its degrees of freedom need not be whole; infinite ones are the normal distribution. */
final class StudentT {
    private static final int HALVINGS = 200;

    private StudentT() {}

    /** Probability of a value below t (Abramowitz and Stegun, 26.7.1). */
    static double below(double t, double degrees) {
        double tail = Double.isInfinite(degrees)
                ? Erfc.value(Math.abs(t) / Math.sqrt(2)) / 2
                : RegularizedBeta.value(degrees / (degrees + t * t), degrees / 2, .5) / 2;
        return t < 0 ? tail : 1 - tail;
    }

    /** Probability of a value further from 0 than t on either side. */
    static double outside(double t, double degrees) {
        return 2 * below(-Math.abs(t), degrees);
    }

    /** The value that a share lies below. */
    static double quantile(double share, double degrees) {
        if (share < .5) {
            return -quantile(1 - share, degrees);
        }
        double high = 1;
        while (below(high, degrees) < share) {
            high *= 2;
        }
        double low = 0;
        for (int i = 0; i < HALVINGS && high - low > 1e-14 * high; i++) {
            double middle = (low + high) / 2;
            if (below(middle, degrees) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
