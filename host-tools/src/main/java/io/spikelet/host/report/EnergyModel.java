package io.spikelet.host.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What operations are said to take in published models; an estimate, never a measurement. What a model leaves out stands
 * beside it.
 */
public enum EnergyModel {
    /** Integers as a board adds them: 32-bit sums, 8-bit products. */
    CMOS_45NM(
            "45nm",
            0.1,
            0.2 + 0.1,
            0,
            "M. Horowitz, ISSCC 2014, 45 nm, 0.9 V: int32 add 0.1 pJ, int8 multiply 0.2 pJ",
            "memory, control, leakage and membrane updates"),
    /** What most papers on spiking networks quote. */
    CMOS_45NM_FLOAT(
            "45nm-float",
            0.9,
            4.6,
            0,
            "M. Horowitz, ISSCC 2014, 45 nm, 0.9 V: float32 add 0.9 pJ, multiply and add 4.6 pJ",
            "memory, control, leakage and membrane updates; a board's integers take less"),
    /** A neuromorphic chip. */
    LOIHI(
            "loihi",
            23.6,
            23.6,
            81,
            "M. Davies et al., IEEE Micro 38(1), 2018, 14 nm, 0.75 V, simulated: 23.6 pJ a synaptic operation, 81 pJ an"
                    + " update of an active neuron",
            "the way of spikes between tiles, host and idle power; a value other than 0 and 1 is taken for one spike");

    private final String word;
    private final double accumulate;
    private final double multiply;
    private final double update;
    private final String source;
    private final String leavesOut;

    EnergyModel(String word, double accumulate, double multiply, double update, String source, String leavesOut) {
        this.word = word;
        this.accumulate = accumulate;
        this.multiply = multiply;
        this.update = update;
        this.source = source;
        this.leavesOut = leavesOut;
    }

    /**
     * Finds a model.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static EnergyModel named(String word) {
        for (EnergyModel model : values()) {
            if (model.word.equals(word)) {
                return model;
            }
        }
        throw new IllegalArgumentException("--energy-model is "
                + Arrays.stream(values()).map(EnergyModel::word).collect(Collectors.joining(", "))
                + ", not '" + word + "'");
    }

    /** How an option names it. */
    public String word() {
        return word;
    }

    /** Where its figures come from, with the figures. */
    public String source() {
        return source;
    }

    /** What takes energy too and is not in it. */
    public String leavesOut() {
        return leavesOut;
    }

    /** Nanojoules that a sample is estimated to take. */
    public double nanojoules(NetworkCosts costs) {
        SynapticOperations operations = costs.operations();
        return (operations.accumulates() * accumulate
                        + operations.multiplies() * multiply
                        + costs.membraneUpdates() * update)
                / 1000;
    }

    @Override
    public String toString() {
        return word.toLowerCase(Locale.ROOT);
    }
}
