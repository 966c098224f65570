package io.spikelet.engine;

import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs an integer network step by step. Everything is checked and allocated by {@link #load}; {@link #step} allocates
 * nothing, throws nothing, logs nothing. One engine serves one thread.
 */
public final class Engine {
    private final SpikingNetwork network;
    private final Activity[] activities;
    private final Kernel[] kernels;
    private final InputKernel input;

    /** The outputs of the layers whose neurons fire at most once a step. */
    private final Activity[] firing;

    /** The outputs of the layers whose values are numbers of spikes. */
    private final Activity[] bursting;

    private int t;
    private long spikes;
    private long operations;

    private Engine(SpikingNetwork network) {
        this.network = network;
        activities = ReferenceKernels.activities(network);
        ReferenceKernels plain = new ReferenceKernels(network, activities);
        kernels = IntStream.range(0, activities.length).mapToObj(plain::kernel).toArray(Kernel[]::new);
        input = (InputKernel) kernels[0];
        firing = IntStream.range(0, kernels.length)
                .filter(i -> fires(network.layers().get(i).operation()))
                .mapToObj(i -> activities[i])
                .toArray(Activity[]::new);
        bursting = IntStream.range(0, kernels.length)
                .filter(i -> bursts(network.layers().get(i).operation()))
                .mapToObj(i -> activities[i])
                .toArray(Activity[]::new);
    }

    private static boolean fires(Operation operation) {
        return operation instanceof FirstSpike
                || operation instanceof Operation.Neuron neuron && neuron.output() == Operation.Neuron.Output.SPIKE;
    }

    private static boolean bursts(Operation operation) {
        return operation instanceof Operation.Neuron neuron && neuron.output() == Operation.Neuron.Output.BURST;
    }

    /**
     * Plans a network.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Engine load(SpikingNetwork network) throws MalformedDataException {
        NetworkCheck.verify(network);
        return new Engine(network);
    }

    public SpikingNetwork network() {
        return network;
    }

    /**
     * The time steps from a sample's first input to its answer: T, or where spikes are coded as times, a window for the
     * input and one for each layer of neurons on the longest way.
     */
    public int latencySteps() {
        return Latency.steps(network);
    }

    /** Forgets the sample before. */
    public void reset() {
        for (Kernel kernel : kernels) {
            kernel.reset();
        }
        t = 0;
        spikes = 0;
        operations = 0;
    }

    /**
     * Runs one time step. Under an encoder whose values are constant the first step's frame serves the whole sample.
     *
     * @param frame holds one unsigned byte for each input value; where the bytes are the values themselves, none is above
     *     the input's declared maximum
     * @param offset where the frame starts
     * @return how many output values are not silent: of spiking neurons, how many fired
     */
    public int step(byte[] frame, int offset) {
        input.accept(frame, offset);
        for (Kernel kernel : kernels) {
            kernel.step(t);
            operations += kernel.operations();
        }
        for (Activity layer : firing) {
            spikes += layer.activeCount;
        }
        for (Activity layer : bursting) {
            for (int k = 0; k < layer.activeCount; k++) {
                spikes += layer.value[layer.active[k]];
            }
        }
        t++;
        return activities[activities.length - 1].activeCount;
    }

    /** The output values of a layer at the latest step; the engine's own array, valid until the next step. */
    public int[] values(int layer) {
        return activities[layer].value;
    }

    /**
     * The membranes of a neuron layer after the latest step, before any reset; the engine's own array.
     *
     * @throws IllegalArgumentException when the layer has none
     */
    public int[] membrane(int layer) {
        return neuron(layer).membrane();
    }

    /** The spikes of all neuron layers since the reset. */
    public long spikes() {
        return spikes;
    }

    /** The synaptic operations since the reset: one for each active input and connection really worked on. */
    public long synapticOperations() {
        return operations;
    }

    /** The live parameters of a dense layer and of the neurons it drives, for a learner. */
    public Plastic plastic(int denseLayer) {
        if (!(kernels[denseLayer] instanceof DenseKernel dense)) {
            throw new IllegalArgumentException("layer " + denseLayer + " is not dense");
        }
        for (int i = 1; i < kernels.length; i++) {
            List<Inbound> inputs = network.layers().get(i).inputs();
            for (int k = 0; k < inputs.size(); k++) {
                if (inputs.get(k).source() == denseLayer) {
                    NeuronKernel neuron = neuron(i);
                    return new Plastic(
                            network.layers().get(denseLayer).inputs().getFirst().source(),
                            i,
                            dense.weights(),
                            neuron.gain(k),
                            neuron.bias(k),
                            neuron.threshold(),
                            neuron.leak());
                }
            }
        }
        throw new IllegalArgumentException("layer " + denseLayer + " drives no neuron");
    }

    /**
     * What a learner may read and change. All arrays are the engine's own.
     *
     * @param source the layer that the dense layer reads
     * @param neuron the layer that it drives
     * @param weights (inputs, outputs) int8, to be changed
     * @param gain (outputs) membrane LSBs for one weight LSB and one spike
     * @param bias (outputs) membrane LSBs, to be changed
     * @param threshold (outputs) membrane LSBs
     * @param leak (outputs) Q1.15
     */
    public record Plastic(
            int source, int neuron, byte[] weights, int[] gain, int[] bias, int[] threshold, int[] leak) {}

    private NeuronKernel neuron(int layer) {
        if (kernels[layer] instanceof NeuronKernel neuron) {
            return neuron;
        }
        throw new IllegalArgumentException("layer " + layer + " has no membrane");
    }
}
