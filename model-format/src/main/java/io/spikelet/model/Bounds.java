package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;

/**
 * Proves what the integers of a network can become in the worst case: from the actual weights, the declared maxima of
 * the edges and the number of time steps. Where a layer learns, its weights are taken as large as the learner may make
 * them. Everything is computed in {@code long} and saturates there, so a hostile image cannot wrap the proof itself.
 */
public final class Bounds {
    /** The largest absolute weight, whether quantised or learned. */
    public static final int WEIGHT_MAXIMUM = 127;

    private static final long UNBOUNDED = Long.MAX_VALUE;

    private Bounds() {}

    /**
     * The largest absolute value that a learned bias may take: twice the threshold, or the trained bias where that is
     * larger already. The learner clamps to it, so the proof holds for whatever is learned.
     */
    public static int learnedBiasMaximum(int bias, int threshold) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(Math.abs((long) bias), 2 * Math.abs((long) threshold)));
    }

    /**
     * The largest absolute accumulator of each output channel of a dense, convolution or pooling layer.
     *
     * @return (channels) int32 accumulators are safe where the value is at most {@code Integer.MAX_VALUE}
     */
    public static long[] accumulatorMaxima(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        EdgeDomain source =
                network.layers().get(layer.inputs().getFirst().source()).output();
        long[] maxima = new long[layer.shape().channels()];
        switch (layer.operation()) {
            case Operation.Dense dense -> {
                boolean learns =
                        network.learning().map(rule -> rule.learns(index)).orElse(false);
                for (int o = 0; o < maxima.length; o++) {
                    maxima[o] = learns
                            ? (long) WEIGHT_MAXIMUM * dense.inputs() * source.maximum()
                            : rowMaximum(dense.weights(), o * dense.inputs(), dense.inputs(), source);
                }
            }
            case Operation.Conv2d conv -> {
                int row = conv.weights().length / conv.outChannels();
                for (int o = 0; o < maxima.length; o++) {
                    maxima[o] = rowMaximum(conv.weights(), o * row, row, source);
                }
            }
            case Pool2d pool ->
                java.util.Arrays.fill(maxima, (long) pool.kernelHeight() * pool.kernelWidth() * source.maximum());
            default -> throw new IllegalArgumentException("layer " + layer.name() + " has no accumulator");
        }
        return maxima;
    }

    /** An unsigned input can only add the positive weights up or the negative ones; a signed one any mixture. */
    private static long rowMaximum(byte[] weights, int offset, int length, EdgeDomain source) {
        long positive = 0;
        long negative = 0;
        for (int i = offset; i < offset + length; i++) {
            if (weights[i] > 0) {
                positive += weights[i];
            } else {
                negative -= weights[i];
            }
        }
        long worst = source.kind() == EdgeDomain.Kind.SIGNED ? positive + negative : Math.max(positive, negative);
        return worst * source.maximum();
    }

    /**
     * The largest absolute membrane or synaptic current of any neuron of a layer within the network's time steps,
     * starting from 0.
     *
     * @return membrane LSBs; {@code Long.MAX_VALUE} when it outgrows even that
     */
    public static long membraneMaximum(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        if (!(layer.operation() instanceof Operation.Neuron neuron)) {
            throw new IllegalArgumentException("layer " + layer.name() + " has no membrane");
        }
        Shape shape = layer.shape();
        long[] drive = driveMaxima(network, layer, neuron);
        int[] synapticLeak = neuron.hasSynapticCurrent() ? Parameter.perNeuron(neuron.synapticLeak(), shape) : null;
        int[] a0 = Parameter.perNeuron(neuron.a0(), shape);
        int[] a1 = Parameter.perNeuron(neuron.a1(), shape);
        int[] b0 = Parameter.perNeuron(neuron.b0(), shape);
        int[] b1 = Parameter.perNeuron(neuron.b1(), shape);
        long worst = 0;
        long previous = 0;
        for (int n = 0; n < drive.length; n++) {
            boolean sameAsBefore = n > 0
                    && drive[n] == drive[n - 1]
                    && (synapticLeak == null || synapticLeak[n] == synapticLeak[n - 1])
                    && a0[n] == a0[n - 1]
                    && a1[n] == a1[n - 1]
                    && b0[n] == b0[n - 1]
                    && b1[n] == b1[n - 1];
            if (!sameAsBefore) {
                previous = grow(
                        network.timeSteps(),
                        drive[n],
                        synapticLeak == null ? -1 : synapticLeak[n],
                        Math.max(a0[n], a1[n]),
                        Math.max(Math.abs((long) b0[n]), Math.abs((long) b1[n])));
            }
            worst = Math.max(worst, previous);
        }
        return worst;
    }

    private static long grow(int steps, long drive, int synapticLeak, int leak, long offset) {
        long current = 0;
        long membrane = 0;
        for (int t = 0; t < steps; t++) {
            long before = membrane;
            long currentBefore = current;
            current = synapticLeak < 0 ? drive : leaked(synapticLeak, current) + drive;
            membrane = leaked(leak, membrane) + offset + current;
            if (current > Integer.MAX_VALUE || membrane > Integer.MAX_VALUE) {
                return UNBOUNDED;
            }
            if (membrane == before && current == currentBefore) {
                break;
            }
        }
        return Math.max(membrane, current);
    }

    private static long leaked(int factor, long value) {
        return factor * value >> Q15.BITS;
    }

    /** The largest absolute input of each neuron at one step: gains times accumulators, plus biases. */
    private static long[] driveMaxima(SpikingNetwork network, Layer layer, Operation.Neuron neuron) {
        Shape shape = layer.shape();
        long[] total = new long[shape.size()];
        int[] threshold = Parameter.perNeuron(neuron.threshold(), shape);
        for (int k = 0; k < neuron.drives().size(); k++) {
            Operation.Drive drive = neuron.drives().get(k);
            int source = layer.inputs().get(k).source();
            boolean learns = network.learning().map(rule -> rule.learns(source)).orElse(false);
            Layer sourceLayer = network.layers().get(source);
            long[] channelMaxima = isLinear(sourceLayer.operation())
                    ? accumulatorMaxima(network, source)
                    : constant(
                            sourceLayer.shape().channels(), sourceLayer.output().maximum());
            int[] gain = Parameter.perNeuron(drive.gain(), shape);
            int[] bias = Parameter.perNeuron(drive.bias(), shape);
            int area = sourceLayer.shape().area();
            for (int n = 0; n < total.length; n++) {
                long worstBias = learns ? learnedBiasMaximum(bias[n], threshold[n]) : Math.abs((long) bias[n]);
                total[n] = saturatingSum(
                        total[n], saturatingProduct(Math.abs((long) gain[n]), channelMaxima[n / area]), worstBias);
            }
        }
        return total;
    }

    static boolean isLinear(Operation operation) {
        return operation instanceof Operation.Dense || operation instanceof Operation.Conv2d;
    }

    private static long[] constant(int length, long value) {
        long[] values = new long[length];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private static long saturatingProduct(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : UNBOUNDED;
    }

    private static long saturatingSum(long a, long b, long c) {
        long sum = a + b;
        if (sum < 0) {
            return UNBOUNDED;
        }
        sum += c;
        return sum < 0 ? UNBOUNDED : sum;
    }
}
