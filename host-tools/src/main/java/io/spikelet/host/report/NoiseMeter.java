package io.spikelet.host.report;

import io.spikelet.engine.Engine;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Optional;

/** Compares the membranes of one layer between float and integers ({@link MembraneNoise}). */
final class NoiseMeter {
    private final int index;
    private final Layer layer;
    private final boolean fires;
    private final float[] unit;

    /** (neurons) whether a neuron has fired otherwise in this sample. */
    private final boolean[] parted;

    private final double[] ownSums = new double[2];
    private final double[] wholeSums = new double[2];
    private long ownValues;
    private long wholeValues;

    /** Nothing for layers that float has no like of: bursts, and potentials that other layers read. */
    static Optional<NoiseMeter> of(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        boolean isLast = index == network.layers().size() - 1;
        return layer.operation() instanceof Operation.Neuron neuron
                        && (neuron.output() == Operation.Neuron.Output.SPIKE
                                || neuron.output() == Operation.Neuron.Output.POTENTIAL && isLast)
                ? Optional.of(new NoiseMeter(index, layer, neuron))
                : Optional.empty();
    }

    private NoiseMeter(int index, Layer layer, Operation.Neuron neuron) {
        this.index = index;
        this.layer = layer;
        fires = neuron.output() == Operation.Neuron.Output.SPIKE;
        unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape());
        parted = new boolean[layer.shape().size()];
    }

    void begin() {
        Arrays.fill(parted, false);
    }

    /** Takes a step of float on its own spikes. */
    void whole(FloatSimulator floating, Engine integer) {
        float[] real = membranes(floating);
        int[] membrane = integer.membrane(index);
        float[] inFloat = fires ? floating.output(layer.name()) : real;
        int[] inInteger = integer.values(index);
        for (int n = 0; n < membrane.length; n++) {
            if (!parted[n]) {
                add(wholeSums, real[n], (double) membrane[n] * unit[n]);
                wholeValues++;
                parted[n] = fires && inFloat[n] != 0 != (inInteger[n] != 0);
            }
        }
    }

    /** Takes a step of float on the integer network's spikes. */
    void own(FloatSimulator forced, Engine integer) {
        float[] real = membranes(forced);
        int[] membrane = integer.membrane(index);
        for (int n = 0; n < membrane.length; n++) {
            add(ownSums, real[n], (double) membrane[n] * unit[n]);
        }
        ownValues += membrane.length;
    }

    private float[] membranes(FloatSimulator floating) {
        return fires ? floating.comparedMembrane(layer.name()) : floating.output();
    }

    private static void add(double[] sums, double real, double given) {
        sums[0] += real * real;
        sums[1] += (real - given) * (real - given);
    }

    String layer() {
        return layer.name();
    }

    MembraneNoise noise() {
        return new MembraneNoise(
                new MembraneNoise.Ratio(ownSums[0], ownSums[1], ownValues),
                new MembraneNoise.Ratio(wholeSums[0], wholeSums[1], wholeValues));
    }
}
