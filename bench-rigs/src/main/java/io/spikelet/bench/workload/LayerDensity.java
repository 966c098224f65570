package io.spikelet.bench.workload;

import io.spikelet.engine.Engine;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How full a weighted layer's input was.
 *
 * @param layer the layer that reads it
 * @param density the share of its input values that were not 0, mean over samples and time steps
 */
public record LayerDensity(String layer, double density) implements Serializable {

    /**
     * Measures a network by its reference kernels.
     *
     * @param samples (count, sample) unsigned bytes
     * @return one for each weighted layer, in their order
     */
    static List<LayerDensity> measure(SpikingNetwork network, byte[] samples) {
        Engine engine = KernelFamily.REFERENCE.load(network).engine();
        List<Integer> weighted = weightedLayers(network);
        long[] active = new long[weighted.size()];
        int frames = SampleRun.over(network, engine, samples, (sample, t) -> {
            for (int k = 0; k < active.length; k++) {
                active[k] += nonZero(engine.values(sourceOf(network, weighted.get(k))));
            }
        });
        List<LayerDensity> densities = new ArrayList<>();
        for (int k = 0; k < active.length; k++) {
            long values = (long) frames
                    * network.layers()
                            .get(sourceOf(network, weighted.get(k)))
                            .shape()
                            .size();
            densities.add(new LayerDensity(network.layers().get(weighted.get(k)).name(), (double) active[k] / values));
        }
        return densities;
    }

    private static List<Integer> weightedLayers(SpikingNetwork network) {
        List<Integer> weighted = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            if (layer.operation() instanceof Operation.Dense || layer.operation() instanceof Operation.Conv2d) {
                weighted.add(i);
            }
        }
        return weighted;
    }

    private static int sourceOf(SpikingNetwork network, int index) {
        return network.layers().get(index).inputs().getFirst().source();
    }

    private static int nonZero(int[] values) {
        int count = 0;
        for (int value : values) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }
}
