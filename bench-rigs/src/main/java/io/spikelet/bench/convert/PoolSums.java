package io.spikelet.bench.convert;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.List;

/**
 * How many pool windows give, over all steps of a sample, another sum than the largest among their inputs.
 *
 * @param windows of all pools and samples
 * @param differing those that give another sum
 */
record PoolSums(long windows, long differing) {

    /** Runs the first samples on plain kernels, whose values can be read layer by layer. */
    static PoolSums of(SpikingNetwork network, SampleSet samples, int count) throws MalformedDataException {
        Classifier classifier = Classifier.load(network);
        Inference answer = Inference.forNetwork(network);
        List<Layer> layers = network.layers();
        byte[] sample = new byte[samples.sampleBytes()];
        int[][] sums = new int[layers.size()][];
        long windows = 0;
        long differing = 0;
        for (int k = 0; k < Math.min(count, samples.count()); k++) {
            samples.read(k, sample, 0);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = new int[layers.get(i).shape().size()];
            }
            classifier.begin(sample, 0, answer);
            for (int t = 0; t < network.timeSteps(); t++) {
                classifier.advance(sample, 0, t, answer);
                for (int i = 0; i < sums.length; i++) {
                    add(classifier.engine().values(i), sums[i]);
                }
            }
            for (int i = 0; i < sums.length; i++) {
                if (layers.get(i).operation() instanceof Pool2d pool) {
                    int source = layers.get(i).inputs().getFirst().source();
                    windows += sums[i].length;
                    differing += differing(
                            pool,
                            layers.get(source).shape(),
                            sums[source],
                            layers.get(i).shape(),
                            sums[i]);
                }
            }
        }
        return new PoolSums(windows, differing);
    }

    private static void add(int[] values, int[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += values[i];
        }
    }

    private static long differing(Pool2d pool, Shape in, int[] arrived, Shape out, int[] given) {
        long differing = 0;
        for (int o = 0; o < given.length; o++) {
            int top = o % out.area() / out.width() * pool.strideY() - pool.paddingY();
            int left = o % out.width() * pool.strideX() - pool.paddingX();
            int largest = Integer.MIN_VALUE;
            for (int y = Math.max(0, top); y < Math.min(in.height(), top + pool.kernelHeight()); y++) {
                for (int x = Math.max(0, left); x < Math.min(in.width(), left + pool.kernelWidth()); x++) {
                    largest = Math.max(largest, arrived[o / out.area() * in.area() + y * in.width() + x]);
                }
            }
            differing += largest == given[o] ? 0 : 1;
        }
        return differing;
    }
}
