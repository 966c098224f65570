package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;

/**
 * The instantaneous error of the readout, {@code e_c = softmax(κ·o)_c − [c = label]} (equation L2): the gradient of the
 * cross-entropy at one time step, where o is how many spikes a class gave, or its potential.
 */
final class OutputError {
    private static final int STEP_BITS = 40;

    /** Cells of the table for a logit of 1. */
    private static final int CELLS = 64;

    /** Beyond this distance {@code exp} is below half of 2^−15. */
    private static final int REACH = 12;

    /** Of one LSB, so that a cell is not finer than the step's last bit. */
    private static final double LEAST_LOGIT = 0x1p-46;

    private final int population;

    /** {@code exp(−d)}, Q1.15, for a class whose logit is d below the best, a cell each. */
    private final int[] exponential;

    /** Cells for one LSB of the output, · 2^40. */
    private final long step;

    private final long[] output;

    /** (classes) Q1.15, −32768..32768. */
    final int[] error;

    /**
     * @param logit of one LSB
     * @param cells of the table for a logit of 1, or 0 where outputs are so few that each has its cell
     */
    private OutputError(Readout readout, double logit, int cells) {
        population = readout.population();
        output = new long[readout.classes()];
        error = new int[readout.classes()];
        step = cells == 0 ? 1L << STEP_BITS : (long) StrictMath.rint(logit * cells * (1L << STEP_BITS));
        exponential = new int[cells == 0 ? population + 1 : cells * REACH + 1];
        for (int d = 0; d < exponential.length; d++) {
            double distance = cells == 0 ? logit * d : (double) d / cells;
            exponential[d] = (int) StrictMath.rint(StrictMath.exp(-distance) * Q15.ONE);
        }
        if (cells != 0) {
            exponential[exponential.length - 1] = 0;
        }
    }

    /** @throws NotLearnableException when potentials are too fine or too coarse for the table of logits */
    static OutputError of(SpikingNetwork network, double logitGain) throws NotLearnableException {
        Readout readout = network.readout();
        if (readout.kind() == Readout.Kind.COUNT) {
            return new OutputError(readout, logitGain, 0);
        }
        Operation.Neuron neuron = (Operation.Neuron) network.output().operation();
        double logit = logitGain * neuron.membraneUnit()[0];
        if (!(logit >= LEAST_LOGIT && logit <= REACH)) {
            throw new NotLearnableException("one LSB of the potentials that are read out is a logit of " + logit
                    + ", which is not " + LEAST_LOGIT + ".." + REACH + "; change the logit gain");
        }
        return new OutputError(readout, logit, CELLS);
    }

    /** @param given (outputs) 0 or 1, or potentials, of this time step */
    void compute(int[] given, int label) {
        long best = Long.MIN_VALUE;
        for (int c = 0; c < output.length; c++) {
            long sum = 0;
            for (int n = c * population; n < (c + 1) * population; n++) {
                sum += given[n];
            }
            output[c] = sum;
            best = Math.max(best, sum);
        }
        long total = 0;
        for (long sum : output) {
            total += exponential[cell(best - sum)];
        }
        for (int c = 0; c < output.length; c++) {
            long of = exponential[cell(best - output[c])];
            int probability = (int) (((of << Q15.BITS) + total / 2) / total);
            error[c] = c == label ? probability - Q15.ONE : probability;
        }
    }

    private int cell(long distance) {
        int last = exponential.length - 1;
        // The product is below 2^63 only where the cell lies within the table.
        return distance >= (((long) last + 1 << STEP_BITS) / step)
                ? last
                : (int) Math.min(last, distance * step + (1L << STEP_BITS - 1) >> STEP_BITS);
    }

    int ofNeuron(int neuron) {
        return error[neuron / population];
    }
}
