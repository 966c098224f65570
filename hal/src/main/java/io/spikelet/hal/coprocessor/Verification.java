package io.spikelet.hal.coprocessor;

import java.util.List;

/**
 * What a device holds, against what was written.
 *
 * @param cells how many were read back
 * @param failed those beyond the tolerance
 */
public record Verification(int cells, List<Cell> failed) {
    public Verification {
        failed = List.copyOf(failed);
    }

    /**
     * A weight, or a neuron's parameters, that are not what they should be.
     *
     * @param input presynaptic, or −1 for the parameters of neuron {@code output}
     * @param written code
     * @param read in weight LSBs
     */
    public record Cell(int input, int output, int written, double read) {}

    public boolean holds() {
        return failed.isEmpty();
    }
}
