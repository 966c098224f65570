package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Bounds;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a stream of real numbers into fixed point: one LSB for all its values, such that its worst case takes
 * {@value #BITS} bits, or as few as leave room for the sums of weights that read it.
 *
 * @param operation the layer
 * @param unit the real value of one LSB of what it gives
 */
record StreamFit(CurrentAdd operation, double unit) {
    private static final int BITS = 22;

    /** With fewer, rounding would be what the network sees. */
    private static final int FEWEST_BITS = 10;

    /** Gains and biases stay below 2^30, and so do sums of weights. */
    private static final int ROOM = 30;

    /**
     * Finds the LSB.
     *
     * @param network with all layers that feed this one defined
     * @param places of all layers
     * @param weightBits of the largest weight that may read the stream
     * @throws QuantiseException when what reads the stream sums up too many of its values
     */
    static StreamFit of(
            SpikingNetwork network, List<Topology.Place> places, int index, List<NeuronFit.Edge> edges, int weightBits)
            throws QuantiseException {
        Layer layer = network.layers().get(index);
        Shape shape = layer.shape();
        double worst = worst(network, layer, edges);
        double unit = worst == 0 ? 1 : worst / (1L << bits(places, index, weightBits));
        double strongest = 0;
        for (NeuronFit.Edge edge : edges) {
            for (int n = 0; n < shape.size(); n++) {
                strongest = Math.max(strongest, Math.max(edge.scale()[n], Math.abs(edge.bias()[n])) / unit);
            }
        }
        int shift = (int) Math.clamp(ROOM - 1 - Math.ceil(Math.log(Math.max(strongest, 1e-9)) / Math.log(2)), 0, 31);
        double finest = unit / (1L << shift);
        List<Operation.Drive> drives = new ArrayList<>();
        for (NeuronFit.Edge edge : edges) {
            int[] gain = new int[shape.size()];
            int[] bias = new int[shape.size()];
            for (int n = 0; n < gain.length; n++) {
                gain[n] = NeuronFit.rounded(edge.scale()[n] / finest);
                bias[n] = NeuronFit.rounded(edge.bias()[n] / finest);
            }
            drives.add(new Operation.Drive(
                    ParameterPacking.pack(gain, shape), ParameterPacking.pack(bias, shape), edge.biasAtStart()));
        }
        return new StreamFit(new CurrentAdd(shift, drives), unit);
    }

    /** The largest absolute real value that the stream can take. */
    private static double worst(SpikingNetwork network, Layer layer, List<NeuronFit.Edge> edges) {
        double[] sum = new double[layer.shape().size()];
        for (int k = 0; k < edges.size(); k++) {
            int source = layer.inputs().get(k).source();
            long[] maxima = Bounds.outputMaxima(network, source);
            int area = network.layers().get(source).shape().area();
            for (int n = 0; n < sum.length; n++) {
                sum[n] += edges.get(k).scale()[n] * maxima[n / area]
                        + Math.abs(edges.get(k).bias()[n]);
            }
        }
        double worst = 0;
        for (double value : sum) {
            worst = Math.max(worst, value);
        }
        return worst;
    }

    /** Bits of the stream's values, so that the weights and pools that read them stay within 31. */
    private static int bits(List<Topology.Place> places, int index, int weightBits) throws QuantiseException {
        long terms = terms(places, index, weightBits);
        int bits = Math.min(BITS, ROOM - (Long.SIZE - Long.numberOfLeadingZeros(terms)));
        if (bits < FEWEST_BITS) {
            throw new QuantiseException("node '" + places.get(index).name()
                    + "' is read by weights that sum up too many of its values for 32 bits; put neurons before them");
        }
        return bits;
    }

    /** How many times a value of the layer the largest sum of those that read it can be, through pools and delays. */
    private static long terms(List<Topology.Place> places, int index, int weightBits) {
        long terms = 1;
        for (int i = index + 1; i < places.size(); i++) {
            Topology.Place reader = places.get(i);
            if (reader.inputs().stream().anyMatch(inbound -> inbound.source() == index)) {
                long sum = switch (reader.node()) {
                    case Node.Affine affine -> (long) affine.weight().shape()[1] << weightBits;
                    case Node.Conv2d conv ->
                        (long) conv.weight().size() / conv.weight().shape()[0] << weightBits;
                    case Node.Pool2d pool ->
                        (pool.isMaximum() ? 1L : (long) pool.kernelSize()[0] * pool.kernelSize()[1])
                                * terms(places, i, weightBits);
                    case Node.Delay _ -> terms(places, i, weightBits);
                    case null, default -> 1;
                };
                terms = Math.max(terms, Math.min(sum, Integer.MAX_VALUE));
            }
        }
        return terms;
    }
}
