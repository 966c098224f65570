package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * What a pulse of learning does: exponential soft bounds (the curves of NeuroSim, Chen, Peng and Yu, IEEE TCAD 37, 2018, in
 * the incremental form). From the bottom, p pulses up lead to {@code least + (most − least)(1 − e^(−up·p/steps)) / (1 − e^−up)}, and
 * as much from the top with {@code down}.
 *
 * @param steps pulses from one end to the other
 * @param up how crooked the way up is: 0 is straight, 5 very crooked
 * @param down the same of the way down; other than {@code up}, as of all real devices
 * @param jitter deviation of one pulse, as a share of the range
 * @param endurance pulses after which half of the cells stay where they are, for good; 0 for no end
 * @param enduranceSpread standard deviation of the logarithm of that number over the cells
 */
public record PulseModel(int steps, double up, double down, double jitter, double endurance, double enduranceSpread) {
    public PulseModel {
        within("steps", steps, 1, 1_000_000);
        within("up", up, 0, 20);
        within("down", down, 0, 20);
        within("jitter", jitter, 0, 1);
        within("endurance", endurance, 0, 1e15);
        within("endurance-spread", enduranceSpread, 0, 5);
    }

    /**
     * @param g µS
     * @param pulses up where above 0, down where below
     * @return µS, without jitter
     */
    double pulsed(double g, int pulses, double least, double most) {
        return pulses >= 0
                ? least + moved(g - least, pulses, most - least, up)
                : most - moved(most - g, -pulses, most - least, down);
    }

    private double moved(double way, int pulses, double range, double crooked) {
        if (crooked == 0) {
            return way + pulses * range / steps;
        }
        double bound = range / (1 - StrictMath.exp(-crooked));
        return bound - (bound - way) * StrictMath.exp(-crooked * pulses / steps);
    }
}
