package io.spikelet.host.quantise;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Shape;

/** Decays as a board has them, Q1.15. */
final class Leaks {
    private Leaks() {}

    /** (size) decays, stored as rarely as they can be. */
    static int[] pack(double[] decay, Shape shape) {
        int[] leaks = new int[decay.length];
        for (int n = 0; n < leaks.length; n++) {
            leaks[n] = Q15.of(decay[n]);
        }
        return ParameterPacking.pack(leaks, shape);
    }

    /** The largest relative error of {@code 1 − decay}, which is that of the time constant. */
    static double error(double[] decay) {
        double worst = 0;
        for (double value : decay) {
            if (value < 1) {
                worst = Math.max(worst, Math.abs((1 - (double) Q15.of(value) / Q15.ONE) / (1 - value) - 1));
            }
        }
        return worst;
    }
}
