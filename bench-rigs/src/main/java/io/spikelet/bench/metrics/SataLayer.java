package io.spikelet.bench.metrics;

/**
 * One weighted layer as SATA's estimator sees it.
 *
 * @param name the layer's
 * @param kind how the published script treats it
 * @param weights W
 * @param outputs O, neurons
 * @param inputs I, values
 * @param forwardMacs connections of a step if nothing were sparse, padding included: W for a linear layer
 * @param backwardMacs the same from outputs to inputs, C·R²·K·H² for a convolution
 * @param bits b, of weights and membranes in the forward phase, 1..16
 * @param inputBits of an input value: 1 for spikes
 * @param silence s, the share of input values that are 0
 * @param traceSilence the share of presynaptic traces that are 0
 */
public record SataLayer(
        String name,
        Kind kind,
        long weights,
        long outputs,
        long inputs,
        long forwardMacs,
        long backwardMacs,
        int bits,
        int inputBits,
        double silence,
        double traceSilence) {

    /** How the published script treats a layer. */
    public enum Kind {
        CONVOLUTION,
        LINEAR,
        /** The last linear layer, which it leaves out. */
        OUTPUT
    }

    public SataLayer {
        if (bits < 1 || bits > Sata.BITS) {
            throw new IllegalArgumentException("bits must be 1..16: bits=" + bits);
        }
        if (!(silence >= 0 && silence <= 1 && traceSilence >= 0 && traceSilence <= 1)) {
            throw new IllegalArgumentException(
                    "sparsities must be 0..1: silence=" + silence + " traceSilence=" + traceSilence);
        }
    }

    /**
     * A square convolution.
     *
     * @param channels C
     * @param filters K
     * @param kernel R
     * @param inputExtent H
     * @param outputExtent E
     */
    static SataLayer convolution(
            String name,
            int channels,
            int filters,
            int kernel,
            int inputExtent,
            int outputExtent,
            int bits,
            double silence,
            double traceSilence) {
        long weights = (long) filters * channels * kernel * kernel;
        long area = (long) outputExtent * outputExtent;
        long inputArea = (long) inputExtent * inputExtent;
        return new SataLayer(
                name,
                Kind.CONVOLUTION,
                weights,
                filters * area,
                channels * inputArea,
                weights * area,
                weights * inputArea,
                bits,
                1,
                silence,
                traceSilence);
    }

    static SataLayer linear(
            String name, Kind kind, int inputs, int outputs, int bits, double silence, double traceSilence) {
        long weights = (long) inputs * outputs;
        return new SataLayer(name, kind, weights, outputs, inputs, weights, weights, bits, 1, silence, traceSilence);
    }
}
