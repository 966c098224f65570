package io.spikelet.host.reference;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.LateSpikes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.OrPools;
import io.spikelet.host.graph.Profile;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in float32 under one discretisation profile, one time step a call (docs/equations.md, D1 to D16). It is the
 * yardstick for the integer network: accuracy, calibration ranges, the first spike that differs.
 *
 * <p>Arrays are in the order {@code (c * height + y) * width + x}. Those that {@link #output(String)} and its sisters
 * give are the simulator's own: the next step overwrites them. Not safe for use by several threads.
 */
public final class FloatSimulator {
    private final Shape inputShape;
    private final String outputName;
    private final float[] input;
    private final Map<String, float[]> outputs = new LinkedHashMap<>();
    private final Map<String, MembraneStep> neurons = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final boolean recurrentActiveAtStart;

    private FloatSimulator(Graph graph, Profile profile, double dt) {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        Set<String> orPools = OrPools.of(graph);
        for (String name : order.nodes()) {
            outputs.put(name, new float[shapes.outputOf(name).size()]);
        }
        String inputName = order.nodes().getFirst();
        inputShape = shapes.outputOf(inputName);
        input = outputs.get(inputName);
        String lastOutput = inputName;
        for (String name : order.nodes()) {
            Node node = graph.node(name);
            float[] output = outputs.get(name);
            switch (node) {
                case Node.Input given -> {}
                case Node.Output taken -> {
                    lastOutput = name;
                    steps.add(new CopyStep(arriving(graph, name), output));
                }
                case Node.Scale scale ->
                    steps.add(new ScaleStep(scale.scale().spread(output.length), arriving(graph, name), output));
                case Node.Relu relu -> steps.add(new ReluStep(relu.ceiling(), arriving(graph, name), output));
                case Node.FirstSpike neuron -> steps.add(FirstSpikeStep.of(neuron, arriving(graph, name), output));
                case Node.Delay delay -> steps.add(DelayStep.of(name, delay, dt, arriving(graph, name), output));
                case Node.Flatten _, Node.CurrentAdd _ -> steps.add(new CopyStep(arriving(graph, name), output));
                case Node.Affine affine -> steps.add(AffineStep.of(affine, arriving(graph, name), output));
                case Node.Conv2d conv ->
                    steps.add(new ConvolutionStep(
                            conv, shapes.inputOf(name), shapes.outputOf(name), arriving(graph, name), output));
                case Node.LossFreePool2d pool ->
                    steps.add(new LossFreePoolStep(
                            pool, shapes.inputOf(name), shapes.outputOf(name), arriving(graph, name), output));
                case Node.Pool2d pool ->
                    steps.add(new PoolStep(
                            pool, shapes.inputOf(name), shapes.outputOf(name), arriving(graph, name), output));
                case Node.SpikeJoin join -> steps.add(JoinStep.of(join, sources(graph, name), output));
                case Node.TwoBranch neuron -> {
                    TwoBranchStep step =
                            new TwoBranchStep(name, neuron, shapes.outputOf(name), arriving(graph, name), output);
                    steps.add(step);
                    neurons.put(name, step);
                }
                case Node.BurstIf neuron -> {
                    BurstStep step = new BurstStep(neuron, arriving(graph, name), output);
                    steps.add(step);
                    neurons.put(name, step);
                }
                case Node.Integrator _ ->
                    steps.add(new NeuronStep(
                            NeuronCoefficients.of(node, profile, dt, output.length), arriving(graph, name), output));
                case Node.If _, Node.Lif _, Node.CubaLif _, Node.Threshold _ -> {
                    NeuronStep step = new NeuronStep(
                            NeuronCoefficients.of(node, profile, dt, output.length), arriving(graph, name), output);
                    steps.add(step);
                    if (!orPools.contains(name)) {
                        neurons.put(name, step);
                    }
                }
            }
        }
        outputName = lastOutput;
        recurrentActiveAtStart = profile.recurrentActiveAtStart();
        reset();
    }

    /**
     * Builds a simulator in its state before t = 0.
     *
     * @param dt the time step in seconds, above 0
     * @throws io.spikelet.host.graph.InvalidGraphException when nodes and edges do not fit each other
     */
    public static FloatSimulator of(Graph graph, Profile profile, double dt) {
        if (!(dt > 0) || Double.isInfinite(dt)) {
            throw new IllegalArgumentException("dt must be a positive number of seconds: dt=" + dt);
        }
        return new FloatSimulator(LateSpikes.of(graph, profile, dt), profile, dt);
    }

    /** Returns to the state before t = 0 (docs/equations.md, D5): membranes and synaptic currents are 0, nothing has fired. */
    public void reset() {
        outputs.values().forEach(values -> Arrays.fill(values, 0));
        steps.forEach(Step::reset);
        if (recurrentActiveAtStart) {
            // With silent neurons every stateless node gives what its bias makes of it; all but the recurrent
            // sources are overwritten before they are read.
            steps.stream().filter(Step::isStateless).forEach(Step::run);
        }
    }

    /**
     * Computes one time step.
     *
     * @param values the input of this step, one for each value of {@link #inputShape()}
     */
    public void step(float[] values) {
        if (values.length != input.length) {
            throw new IllegalArgumentException(
                    "the input holds " + inputShape + " values: values.length=" + values.length);
        }
        System.arraycopy(values, 0, input, 0, input.length);
        steps.forEach(Step::run);
    }

    public Shape inputShape() {
        return inputShape;
    }

    /**
     * The nodes that fire, in the order of computation: neurons, and thresholds but for those that make an OR of a pool,
     * whose spikes are their source's.
     */
    public List<String> neurons() {
        return List.copyOf(neurons.keySet());
    }

    /** What the output node gave in the last step. */
    public float[] output() {
        return output(outputName);
    }

    /**
     * What a node gave in the last step; spikes for a node that fires, 0 or 1 but where several may leave at once or one be
     * taken back, and in the step in which it fires, also where they reach others late.
     */
    public float[] output(String node) {
        float[] values = outputs.get(node);
        if (values == null) {
            throw new IllegalArgumentException("no such node: node=" + node);
        }
        return values;
    }

    /** A neuron node's membrane after the last step, reset included; 0 for a threshold that fired, else what reached it. */
    public float[] membrane(String node) {
        return neuron(node).membrane();
    }

    /** A neuron node's membrane as the last step's compare met it, before any reset. */
    public float[] comparedMembrane(String node) {
        return neuron(node).integrated();
    }

    /** What reached a neuron node in the last step, the sum over all edges into it. */
    public float[] arriving(String node) {
        return neuron(node).arriving();
    }

    /** What the last step first multiplied a neuron node's membrane by; empty where nothing gates it. */
    public float[] gate(String node) {
        return neuron(node).gate();
    }

    /** The constants by which a neuron node steps. */
    public NeuronLaw law(String node) {
        return neuron(node).law();
    }

    /**
     * Lets a neuron node fire as another network does, resets included, so that what its own rounding adds can be told from
     * what reached it.
     *
     * @param spikes (neurons) not 0 where the neuron fires, looked at in each step; the caller's own array
     */
    public void impose(String node, int[] spikes) {
        MembraneStep neuron = neuron(node);
        if (spikes.length != neuron.integrated().length) {
            throw new IllegalArgumentException("node '" + node + "' has " + neuron.integrated().length
                    + " neurons: spikes.length=" + spikes.length);
        }
        neuron.impose(spikes);
    }

    /** A CubaLIF node's synaptic current after the last step; empty for other neurons. */
    public float[] synapticCurrent(String node) {
        return neuron(node).current();
    }

    /** The buffer a node reads: its only source's own, or one that a sum step fills before the node runs. */
    private float[] arriving(Graph graph, String node) {
        List<String> sources = graph.sourcesOf(node);
        float[] first = outputs.get(sources.getFirst());
        if (sources.size() == 1) {
            return first;
        }
        float[] sum = new float[first.length];
        steps.add(new SumStep(sources(graph, node), sum));
        return sum;
    }

    private float[][] sources(Graph graph, String node) {
        return graph.sourcesOf(node).stream().map(outputs::get).toArray(float[][]::new);
    }

    private MembraneStep neuron(String node) {
        MembraneStep neuron = neurons.get(node);
        if (neuron == null) {
            throw new IllegalArgumentException("no such neuron node: node=" + node);
        }
        return neuron;
    }
}
