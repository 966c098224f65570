package io.spikelet.engine;

import io.spikelet.engine.gather.Crew;
import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs an integer network step by step. Everything is checked and allocated by {@link #load}; {@link #step} allocates
 * nothing, throws nothing, logs nothing. One engine serves one thread.
 */
public final class Engine implements AutoCloseable {
    private final SpikingNetwork network;
    private final Activity[] activities;
    private final Kernel[] kernels;
    private final FrameKernel input;
    private final Crew crew;

    /** Null where the processor computes all. */
    private final Offload offload;

    /** Those of the kernels that have families of twins. */
    private final FastKernel[] fast;

    /** To be begun at the second reset, so that the first answer comes first; null where nothing is to be warmed. */
    private Warming warming;

    private boolean answers;

    /** Set once by the thread that warmed; read at each reset. */
    private volatile boolean adopted;

    /** Whether the vector kernels are in use. */
    private boolean vectors;

    private int t;
    private long spikes;
    private long operations;

    /** (layers) spikes since the reset. */
    private final long[] layerSpikes;

    private Engine(SpikingNetwork network, Kernels chosen, Crew crew, Offload offload) {
        this.offload = offload;
        this.crew = crew;
        this.network = network;
        List<Layer> layers = network.layers();
        GatherPlan plan = chosen == Kernels.REFERENCE ? null : new GatherPlan(network, crew);
        activities = new Activity[layers.size()];
        for (int i = 0; i < activities.length; i++) {
            activities[i] = plan == null || plan.hasValues(i) ? ReferenceKernels.activity(layers.get(i)) : null;
        }
        ReferenceKernels plain = new ReferenceKernels(network, activities);
        kernels = plan == null ? new Kernel[layers.size()] : plan.kernels(activities);
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = kernels[i] == null ? plain.kernel(i) : kernels[i];
        }
        if (offload != null) {
            placeOnDevices();
        }
        vectors = chosen == Kernels.VECTOR;
        layerSpikes = new long[kernels.length];
        input = (FrameKernel) kernels[0];
        List<FastKernel> found = new ArrayList<>();
        for (Kernel kernel : kernels) {
            if (kernel instanceof FastKernel change) {
                change.use(chosen.family());
                found.add(change);
            }
        }
        fast = found.toArray(new FastKernel[0]);
    }

    private void placeOnDevices() {
        for (int i = 0; i < kernels.length; i++) {
            if (offload.plan(i) == null) {
                continue;
            }
            Activity source =
                    activities[network.layers().get(i).inputs().getFirst().source()];
            int neurons = offload.neurons(i);
            if (neurons < 0) {
                kernels[i] = new DeviceKernel(offload, i, kernels[i], source, activities[i]);
            } else {
                kernels[neurons] =
                        new SpikeDeviceKernel(offload, i, kernels[i], kernels[neurons], source, activities[neurons]);
                kernels[i] = new SpikeDeviceKernel.Within();
            }
        }
    }

    /**
     * Plans a network on plain kernels.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Engine load(SpikingNetwork network) throws MalformedDataException {
        return load(network, Kernels.REFERENCE);
    }

    /**
     * Plans a network.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     * @throws IllegalArgumentException when this JVM cannot run the kernels
     */
    public static Engine load(SpikingNetwork network, Kernels kernels) throws MalformedDataException {
        return load(network, kernels, 1);
    }

    /**
     * Plans a network whose layers are shared among threads, line by line.
     *
     * @param threads in all, the caller's own included; close the engine to end the others
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     * @throws IllegalArgumentException when this JVM cannot run the kernels
     */
    public static Engine load(SpikingNetwork network, Kernels kernels, int threads) throws MalformedDataException {
        if (!kernels.isPresent()) {
            throw new IllegalArgumentException(
                    "vector kernels need a JVM started with --add-modules jdk.incubator.vector: kernels=" + kernels);
        }
        NetworkCheck.verify(network);
        Engine engine = new Engine(network, kernels, new Crew(threads), null);
        if (kernels == Kernels.BEST && engine.fast.length > 0 && Kernels.VECTOR.isPresent()) {
            engine.warming = new Warming(engine);
        }
        return engine;
    }

    /**
     * Plans a network some of whose layers are on devices, which were programmed; the others run on plain kernels. {@link #step}
     * and {@link #reset} throw {@link DeviceFailedException} where the policy is to stop or a sample's membranes are lost.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Engine load(Offload offload) throws MalformedDataException {
        NetworkCheck.verify(offload.network());
        return new Engine(offload.network(), Kernels.REFERENCE, new Crew(1), offload);
    }

    /** Another engine of the network, for {@link Warming}. */
    Engine onVectors() {
        return new Engine(network, Kernels.VECTOR, new Crew(1), null);
    }

    /** Takes over the vector kernels of a warm engine of the same network, at the next reset. */
    void adopt(Engine warm) {
        for (int k = 0; k < fast.length; k++) {
            fast[k].adopt(warm.fast[k]);
        }
        adopted = true;
    }

    /** Runs a whole sample for its own sake. */
    void run(byte[] sample) {
        reset();
        for (int step = 0; step < network.timeSteps(); step++) {
            step(sample, step * network.frameStride());
        }
    }

    /** The loops of the fast kernels at work, by name. */
    Set<String> loops() {
        return Arrays.stream(fast).map(FastKernel::loops).collect(Collectors.toSet());
    }

    /** Bytes of weights in the layout of the fast kernels in use. */
    public long weightBytes() {
        return Arrays.stream(fast).mapToLong(FastKernel::weightBytes).sum();
    }

    /** Ends the threads that share its layers; an engine of one thread has none. */
    @Override
    public void close() {
        crew.close();
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
        if (warming != null) {
            warm();
        }
        if (adopted) {
            adopted = false;
            for (FastKernel kernel : fast) {
                kernel.change();
            }
            vectors = true;
        }
        for (Kernel kernel : kernels) {
            kernel.reset();
        }
        if (offload != null) {
            offload.reset();
        }
        Arrays.fill(layerSpikes, 0);
        t = 0;
        spikes = 0;
        operations = 0;
    }

    private void warm() {
        if (answers) {
            warming.begin();
            warming = null;
        }
        answers = true;
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
        for (int k = 0; k < kernels.length; k++) {
            kernels[k].step(t);
            operations += kernels[k].operations();
            layerSpikes[k] += kernels[k].spikes();
            spikes += kernels[k].spikes();
        }
        t++;
        return activities[activities.length - 1].activeCount;
    }

    /** A sample came to its end: a device that lost samples before is trusted again. */
    void conclude() {
        if (offload != null) {
            offload.concluded();
        }
    }

    /** Whether a layer has values of its own; all have on the reference kernels. */
    public boolean gives(int layer) {
        return activities[layer] != null;
    }

    /**
     * The output values of a layer at the latest step; the engine's own array, valid until the next step.
     *
     * @throws IllegalArgumentException when a fast kernel computes the layer together with others
     */
    public int[] values(int layer) {
        if (!gives(layer)) {
            throw new IllegalArgumentException(
                    "layer " + layer + " has no values of its own on fast kernels; load the reference kernels");
        }
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

    /** The spikes of one layer since the reset; 0 where it is none of neurons. */
    public long spikes(int layer) {
        return layerSpikes[layer];
    }

    /** The synaptic operations since the reset: one for each active input and connection really worked on. */
    public long synapticOperations() {
        return operations;
    }

    /** The row arithmetic that a learner of this engine uses: on vectors where they are in use. */
    public RowArithmetic rows() {
        return vectors ? RowArithmetic.onVectors() : RowArithmetic.plain();
    }

    /** Likewise over neurons. */
    public NeuronArithmetic neurons() {
        return vectors ? NeuronArithmetic.onVectors() : NeuronArithmetic.plain();
    }

    /** The live parameters of a dense or convolution layer and of the neurons it drives, for a learner. */
    public Plastic plastic(int layer) {
        byte[] weights = weights(layer);
        for (int i = 1; i < kernels.length; i++) {
            List<Inbound> inputs = network.layers().get(i).inputs();
            for (int k = 0; k < inputs.size(); k++) {
                if (inputs.get(k).source() == layer) {
                    NeuronKernel neuron = neuron(i);
                    return new Plastic(
                            network.layers().get(layer).inputs().getFirst().source(),
                            i,
                            weights,
                            neuron.gain(k),
                            neuron.bias(k),
                            neuron.threshold(),
                            neuron.leak());
                }
            }
        }
        throw new IllegalArgumentException("layer " + layer + " drives no neuron");
    }

    private byte[] weights(int layer) {
        Kernel kernel = kernels[layer] instanceof DeviceKernel device ? device.plain() : kernels[layer];
        if (kernel instanceof DenseKernel dense) {
            return dense.weights();
        }
        if (kernel instanceof ConvKernel conv) {
            return conv.weights;
        }
        throw new IllegalArgumentException("layer " + layer + " has no weights that may change while it runs: kernel="
                + kernels[layer].getClass());
    }

    /** The live parameters of a layer of neurons, for a learner. */
    public Membranes membranes(int layer) {
        NeuronKernel neuron = neuron(layer);
        return new Membranes(
                neuron.membrane(),
                neuron.threshold(),
                neuron.leak(),
                neuron.offset(),
                neuron.leakAfter(),
                neuron.spent());
    }

    /**
     * What a learner may read and change of neurons. All arrays are the engine's own.
     *
     * @param membrane (neurons) after the latest step, before any reset, membrane LSBs
     * @param threshold (neurons) membrane LSBs, to be changed
     * @param leak (neurons) a0, Q1.15
     * @param offset (neurons) b0, membrane LSBs
     * @param leakAfter (neurons) a1, Q1.15
     * @param spent (neurons) b1, membrane LSBs, to be changed with the threshold where a spike costs it
     */
    public record Membranes(int[] membrane, int[] threshold, int[] leak, int[] offset, int[] leakAfter, int[] spent) {}

    /**
     * What a learner may read and change. All arrays are the engine's own.
     *
     * @param source the layer that the weighted layer reads
     * @param neuron the layer that it drives
     * @param weights (inputs, outputs) of a dense layer, (inChannels, kernelHeight, kernelWidth, filters of a group) of a
     *     convolution; codes, to be changed
     * @param gain (neurons) membrane LSBs for one weight LSB and one spike
     * @param bias (neurons) membrane LSBs, to be changed
     * @param threshold (neurons) membrane LSBs
     * @param leak (neurons) Q1.15
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
