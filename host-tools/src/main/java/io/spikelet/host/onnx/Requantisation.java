package io.spikelet.host.onnx;

import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns exact sums into the codes of a quantised activation, or into scores: docs/quantisation.md, Q9. All arrays hold one
 * value a channel.
 */
final class Requantisation {
    /** What membranes and scores stay below. */
    private static final long LIMIT = 1L << 30;

    /** How many gains are tried for the one that makes the threshold the most exact. */
    private static final int TRIED_GAINS = 4096;

    /** How far from exact a code may be before it is rounded. */
    private static final double LARGEST_ERROR = 0.1;

    private Requantisation() {}

    /**
     * One edge into the layer.
     *
     * @param scale the real value of one LSB
     * @param bias real
     * @param worst the largest absolute value
     */
    record Edge(double[] scale, double[] bias, long[] worst) {}

    /**
     * Neurons whose bursts are codes: {@code n = clamp(⌊(gain · sum + bias) / θ + 1/2⌋, 0, most)}.
     *
     * @param step the real value of one code
     * @param most the largest code
     * @return empty where the sums are too large for thresholds of any use
     */
    static Optional<Operation.Neuron> bursts(List<Edge> edges, double step, int most) {
        int channels = edges.getFirst().scale().length;
        int[][] gain = new int[edges.size()][channels];
        int[][] bias = new int[edges.size()][channels];
        int[] threshold = new int[channels];
        float[] unit = new float[channels];
        for (int c = 0; c < channels; c++) {
            double reach = 1;
            for (Edge edge : edges) {
                reach += (edge.scale()[c] * edge.worst()[c] + Math.abs(edge.bias()[c])) / step;
            }
            int largest = (int) Math.clamp(LIMIT / reach, 1, Integer.MAX_VALUE / (most + 1));
            double only = edges.size() == 1 ? edges.getFirst().scale()[c] / step : 0;
            threshold[c] = only > 0 ? threshold(only, largest) : largest;
            unit[c] = (float) (step / threshold[c]);
            for (int k = 0; k < edges.size(); k++) {
                gain[k][c] = (int) Math.rint(threshold[c] * edges.get(k).scale()[c] / step);
                bias[k][c] = (int) Math.rint(threshold[c] * edges.get(k).bias()[c] / step);
            }
            bias[0][c] += threshold[c] / 2;
            if (error(edges, gain, threshold[c], c, step, most) > LARGEST_ERROR) {
                return Optional.empty();
            }
        }
        int[] none = {0};
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        none,
                        none,
                        none,
                        none,
                        threshold,
                        drives(gain, bias),
                        unit,
                        0)
                .withOutput(Operation.Neuron.Output.BURST, most);
        return Optional.of(neuron);
    }

    /** How far rounded gains can move a code at most. */
    private static double error(List<Edge> edges, int[][] gain, int threshold, int c, double step, int most) {
        double error = 0;
        for (int k = 0; k < gain.length; k++) {
            double exact = edges.get(k).scale()[c] / step;
            double perLsb = Math.abs((double) gain[k][c] / threshold - exact);
            // One edge alone moves no code above the largest.
            double lsbs = gain.length == 1
                    ? Math.min(edges.get(k).worst()[c], (most + 1) / exact)
                    : edges.get(k).worst()[c];
            error += perLsb * lsbs;
        }
        return error;
    }

    /** Of the thresholds up to the largest, one for which {@code ratio · threshold} is nearly an integer, the gain. */
    private static int threshold(double ratio, int largest) {
        int best = largest;
        double least = Double.MAX_VALUE;
        long most = (long) (ratio * largest);
        for (long gain = most; gain > Math.max(most / 2, most - TRIED_GAINS) && gain > 0; gain--) {
            double exact = gain / ratio;
            int rounded = (int) Math.min(largest, Math.rint(exact));
            double error = Math.abs(rounded / exact - 1);
            if (error < least) {
                least = error;
                best = rounded;
            }
        }
        return best;
    }

    /**
     * A stream that gives scores in one unit for all classes, below 2^30.
     *
     * @return the stream; the real value of its LSB is {@link #scoreUnit}
     */
    static CurrentAdd scores(List<Edge> edges) {
        double unit = scoreUnit(edges);
        double largest = 0;
        for (Edge edge : edges) {
            for (int c = 0; c < edge.scale().length; c++) {
                largest = Math.max(largest, Math.max(edge.scale()[c], Math.abs(edge.bias()[c])) / unit);
            }
        }
        int shift = 31;
        while (shift > 0 && largest * (1L << shift) > Integer.MAX_VALUE) {
            shift--;
        }
        int[][] gain = new int[edges.size()][];
        int[][] bias = new int[edges.size()][];
        for (int k = 0; k < gain.length; k++) {
            gain[k] = scaled(edges.get(k).scale(), (1L << shift) / unit);
            bias[k] = scaled(edges.get(k).bias(), (1L << shift) / unit);
        }
        return new CurrentAdd(shift, drives(gain, bias));
    }

    /** The real value of one LSB of the scores. */
    static double scoreUnit(List<Edge> edges) {
        double reach = 0;
        for (int c = 0; c < edges.getFirst().scale().length; c++) {
            double sum = 0;
            for (Edge edge : edges) {
                sum += edge.scale()[c] * edge.worst()[c] + Math.abs(edge.bias()[c]);
            }
            reach = Math.max(reach, sum);
        }
        return reach == 0 ? 1 : reach / (LIMIT / 2);
    }

    /** Neurons that give what a stream gives, for a readout. */
    static Operation.Neuron potentials(double unit) {
        int[] none = {0};
        return new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        none,
                        none,
                        none,
                        none,
                        none,
                        List.of(new Operation.Drive(new int[] {1}, none, true)),
                        new float[] {(float) unit},
                        0)
                .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
    }

    private static int[] scaled(double[] values, double factor) {
        return Arrays.stream(values)
                .mapToInt(value -> (int) Math.rint(value * factor))
                .toArray();
    }

    private static List<Operation.Drive> drives(int[][] gain, int[][] bias) {
        return IntStream.range(0, gain.length)
                .mapToObj(k -> new Operation.Drive(gain[k], bias[k], true))
                .toList();
    }
}
