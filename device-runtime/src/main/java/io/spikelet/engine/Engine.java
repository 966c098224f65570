package io.spikelet.engine;

import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
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

    /** The outputs of the neuron layers, whose spikes are counted. */
    private final Activity[] firing;

    /** Whether one frame serves all steps of a sample, so that it is taken once. */
    private final boolean constantInput;

    private int t;
    private long spikes;
    private long operations;

    private Engine(SpikingNetwork network) {
        this.network = network;
        List<Layer> layers = network.layers();
        activities = new Activity[layers.size()];
        kernels = new Kernel[layers.size()];
        for (int i = 0; i < layers.size(); i++) {
            activities[i] = new Activity(layers.get(i).shape().size());
        }
        constantInput = network.encoder() == Encoder.DIRECT;
        input = new InputKernel(activities[0]);
        kernels[0] = input;
        for (int i = 1; i < layers.size(); i++) {
            kernels[i] = kernel(i, layers.get(i));
        }
        firing = IntStream.range(0, kernels.length)
                .filter(i -> kernels[i] instanceof NeuronKernel)
                .mapToObj(i -> activities[i])
                .toArray(Activity[]::new);
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

    private Kernel kernel(int index, Layer layer) {
        Activity target = activities[index];
        Inbound first = layer.inputs().getFirst();
        Layer source = network.layers().get(first.source());
        Activity from = activities[first.source()];
        boolean constant = first.source() == 0 && constantInput;
        return switch (layer.operation()) {
            case Operation.Dense dense -> new DenseKernel(dense, from, target, constant);
            case Operation.Conv2d conv -> new ConvKernel(conv, source.shape(), layer.shape(), from, target, constant);
            case Pool2d pool -> new SumPoolKernel(pool, source.shape(), layer.shape(), from, target);
            case Operation.Neuron neuron -> {
                Activity[] sources = layer.inputs().stream()
                        .map(inbound -> activities[inbound.source()])
                        .toArray(Activity[]::new);
                yield new NeuronKernel(neuron, layer.shape(), sources, target);
            }
            default -> throw new IllegalArgumentException("layer " + index + " has no kernel");
        };
    }

    public SpikingNetwork network() {
        return network;
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
     * Runs one time step. Under a direct encoder the first step's frame serves the whole sample.
     *
     * @param frame holds one unsigned byte for each input value, none above the input's declared maximum
     * @param offset where the frame starts
     * @return how many output neurons fired
     */
    public int step(byte[] frame, int offset) {
        if (t == 0 || !constantInput) {
            input.accept(frame, offset);
        }
        for (Kernel kernel : kernels) {
            kernel.step(t);
            operations += kernel.operations();
        }
        for (Activity layer : firing) {
            spikes += layer.activeCount;
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
