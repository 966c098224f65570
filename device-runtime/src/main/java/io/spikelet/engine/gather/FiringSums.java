package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * A stateless neuron layer as integer comparisons: with {@code membrane = gain·sum + bias + b0} and nothing remembered,
 * a neuron fires exactly when its sum reaches an integer that is known at load (docs/equations.md, N1). A negative gain
 * turns the output around: its weights are negated and the comparison stays the same.
 *
 * @param turned (outputs) whether the weights are to be negated
 * @param lowest (outputs) the lowest firing sum, after turning; within what sums can reach, or one above
 */
record FiringSums(boolean[] turned, int[] lowest) {

    /** Whether a sum above all that can be reached still is an int, so that "never" can be said. */
    static boolean serve(WeightRows rows) {
        for (int o = 0; o < rows.outputs(); o++) {
            if (rows.lowest()[o] <= -Integer.MAX_VALUE || rows.highest()[o] >= Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Folds a neuron layer with one drive whose parameters are the same all over a channel.
     *
     * @param rows the weights before turning
     */
    static FiringSums of(Operation.Neuron neuron, Shape shape, WeightRows rows) {
        Operation.Drive drive = neuron.drives().getFirst();
        int outputs = shape.channels();
        boolean[] turned = new boolean[outputs];
        int[] lowest = new int[outputs];
        boolean strict = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE;
        for (int o = 0; o < outputs; o++) {
            long gain = channel(drive.gain(), o);
            long wanted = (long) channel(neuron.threshold(), o)
                    - channel(neuron.b0(), o)
                    - (drive.biasAtStart() ? channel(drive.bias(), o) : 0);
            turned[o] = gain < 0;
            long least = gain < 0 ? -rows.highest()[o] : rows.lowest()[o];
            long most = gain < 0 ? -rows.lowest()[o] : rows.highest()[o];
            long reach;
            if (gain == 0) {
                reach = (strict ? 0 > wanted : 0 >= wanted) ? least : most + 1;
            } else {
                long factor = Math.abs(gain);
                reach = strict ? Math.floorDiv(wanted, factor) + 1 : Math.ceilDiv(wanted, factor);
            }
            lowest[o] = (int) Math.clamp(reach, least, most + 1);
        }
        return new FiringSums(turned, lowest);
    }

    private static int channel(int[] parameter, int channel) {
        return parameter.length == 1 ? parameter[0] : parameter[channel];
    }
}
