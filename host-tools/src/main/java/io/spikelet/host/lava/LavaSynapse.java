package io.spikelet.host.lava;

/** What weighs the spikes that reach a block's neurons, in whole numbers. */
public sealed interface LavaSynapse {
    /** Row-major; a pool has one. */
    int[] weights();

    /** @param weights (outputs, inputs) */
    record Dense(int outputs, int inputs, int[] weights) implements LavaSynapse {}

    /**
     * A cross-correlation with zero padding over channels first; pairs are {y, x}.
     *
     * @param weights (outChannels, inChannels / groups, kernel[0], kernel[1])
     */
    record Conv(
            int outChannels,
            int inChannels,
            int[] kernel,
            int[] stride,
            int[] padding,
            int[] dilation,
            int groups,
            int[] weights)
            implements LavaSynapse {}

    /** The sum over windows that lie side by side, times the one weight. */
    record Pool(int[] kernel, int weight) implements LavaSynapse {
        @Override
        public int[] weights() {
            return new int[] {weight};
        }
    }
}
