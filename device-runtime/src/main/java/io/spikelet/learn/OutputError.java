package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Readout;

/**
 * The instantaneous error of the readout, {@code e_c = softmax(κ·spikes of class c)_c − [c = label]} (equation L2):
 * the gradient of the cross-entropy at one time step.
 */
final class OutputError {
    private final int population;

    /** (population + 1) {@code exp(−κ·d)}, Q1.15, for a class that fired d spikes fewer than the best. */
    private final int[] exponential;

    private final int[] count;

    /** (classes) Q1.15, −32768..32768. */
    final int[] error;

    OutputError(Readout readout, double logitGain) {
        population = readout.population();
        exponential = new int[population + 1];
        for (int d = 0; d <= population; d++) {
            exponential[d] = (int) StrictMath.rint(StrictMath.exp(-logitGain * d) * Q15.ONE);
        }
        count = new int[readout.classes()];
        error = new int[readout.classes()];
    }

    /** @param fired (outputs) 0 or 1 at this time step */
    void compute(int[] fired, int label) {
        int best = 0;
        for (int c = 0; c < count.length; c++) {
            int sum = 0;
            for (int n = c * population; n < (c + 1) * population; n++) {
                sum += fired[n];
            }
            count[c] = sum;
            best = Math.max(best, sum);
        }
        long total = 0;
        for (int sum : count) {
            total += exponential[best - sum];
        }
        for (int c = 0; c < count.length; c++) {
            int probability = (int) ((((long) exponential[best - count[c]] << Q15.BITS) + total / 2) / total);
            error[c] = c == label ? probability - Q15.ONE : probability;
        }
    }

    int ofNeuron(int neuron) {
        return error[neuron / population];
    }
}
