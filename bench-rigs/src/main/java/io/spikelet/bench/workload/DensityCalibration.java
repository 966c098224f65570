package io.spikelet.bench.workload;

import io.spikelet.engine.Engine;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets the threshold of each neuron layer, front to back, so that what stands behind it, after pooling, is active at a
 * stated density. The currents of a layer come from the engine; its threshold is then found by halving an interval.
 */
final class DensityCalibration {
    private final double density;
    private final byte[] samples;

    private DensityCalibration(double density, byte[] samples) {
        this.density = density;
        this.samples = samples;
    }

    /**
     * @param density 0..1, exclusive
     * @param samples (count, sample) unsigned bytes, of the density where they are spikes
     * @return the network with thresholds and proved bounds
     */
    static SpikingNetwork calibrate(SpikingNetwork network, double density, byte[] samples) {
        DensityCalibration calibration = new DensityCalibration(density, samples);
        SpikingNetwork calibrated = network;
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).operation() instanceof Operation.Neuron) {
                calibrated = calibration.withThreshold(calibrated, i);
            }
        }
        return ProvedBounds.declare(calibrated);
    }

    private SpikingNetwork withThreshold(SpikingNetwork network, int index) {
        List<int[]> currents = currents(network, index);
        FiringTrial trial =
                new FiringTrial(network.timeSteps(), network.layers().get(index).shape(), window(network, index));
        int low = 1;
        int high = trial.highestMembrane(currents);
        while (low < high) {
            int middle = (int) (((long) low + high) / 2);
            if (trial.density(currents, middle) > density) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return withThreshold(network, index, low);
    }

    /** (samples · steps) what drives a layer's membranes, from the engine run up to that layer. */
    private List<int[]> currents(SpikingNetwork network, int index) {
        SpikingNetwork front = upTo(network, index);
        Engine engine = KernelFamily.REFERENCE.load(front).engine();
        int source = network.layers().get(index).inputs().getFirst().source();
        List<int[]> currents = new ArrayList<>();
        SampleRun.over(
                front,
                engine,
                samples,
                (sample, t) -> currents.add(engine.values(source).clone()));
        return currents;
    }

    private static SpikingNetwork upTo(SpikingNetwork network, int index) {
        List<Layer> layers = network.layers().subList(0, index + 1);
        return new SpikingNetwork(
                network.name(),
                network.timeSteps(),
                network.encoder(),
                new Readout(1, layers.getLast().shape().size()),
                layers,
                network.discretisation(),
                java.util.Optional.empty(),
                network.securityCounter(),
                network.provenance());
    }

    /** The extent of the pool behind a neuron layer; 1 without one. */
    private static int window(SpikingNetwork network, int index) {
        boolean pooled = index + 1 < network.layers().size()
                && !(network.layers().get(index + 1).operation() instanceof Operation.Dense)
                && !(network.layers().get(index + 1).operation() instanceof Operation.Conv2d);
        return pooled
                ? network.layers().get(index).shape().height()
                        / network.layers().get(index + 1).shape().height()
                : 1;
    }

    private static SpikingNetwork withThreshold(SpikingNetwork network, int index, int threshold) {
        List<Layer> layers = new ArrayList<>(network.layers());
        Layer layer = layers.get(index);
        Operation.Neuron neuron = (Operation.Neuron) layer.operation();
        Operation.Neuron changed = new Operation.Neuron(
                neuron.comparison(),
                neuron.synapticLeak(),
                neuron.a0(),
                neuron.b0(),
                neuron.a1(),
                neuron.b1(),
                new int[] {threshold},
                neuron.drives(),
                new float[] {1f / threshold},
                neuron.membraneMaximum());
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), changed));
        return network.withLayers(layers);
    }
}
