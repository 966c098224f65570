package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.SpikeCalibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conventional network as integrate-and-fire neurons that reset by subtraction (Rueckauer et al., Front. Neurosci. 2017;
 * docs/quantisation.md, Q10). A neuron's threshold λ is what a spike at every step stands for, so weights that read its spikes
 * are multiplied by it; thresholds instead of weights carry what the layer's own scale is. Each step adds {@code λ / 2T} to
 * the membrane: after T steps the number of spikes is the activation rounded, not cut off (Deng and Gu, ICLR 2021). With a hard
 * reset nothing is added, since what is above the threshold is lost anyway. Neurons may fire several times a step, and take
 * spikes back (SpiCalib, arXiv 2207.02702).
 */
public final class RateConversion {
    private static final Tensor ONE = Tensor.scalar(1);
    private static final Tensor ZERO = Tensor.scalar(0);

    private final Graph ann;
    private final GraphShapes shapes;
    private final Map<String, Float> thresholds;
    private final ConvertOptions options;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Graph.Edge> edges = new LinkedHashSet<>();

    /** What a spike, or a value, of each node that was made stands for. */
    private final Map<String, Float> unit = new LinkedHashMap<>();

    /** What each node became: one, or of weights, linear pools and Flatten nodes one for each unit among what they read. */
    private final Map<String, List<String>> made = new LinkedHashMap<>();

    private RateConversion(Graph ann, Map<String, Float> thresholds, ConvertOptions options) {
        this.ann = ann;
        this.thresholds = thresholds;
        this.options = options;
        shapes = GraphShapes.of(ann, GraphOrder.of(ann));
    }

    /**
     * Converts.
     *
     * @param ann of ReLUs, weights and pools
     * @param thresholds λ of each ReLU, above 0
     * @param options T that the rounding is made for, what maximum pools become, the reset, and bursts
     * @return a graph for the profile {@link io.spikelet.host.graph.Profile#SUBTRACT}, or after a hard reset {@link
     *     io.spikelet.host.graph.Profile#NORSE}; nodes keep their names
     * @throws ConversionException when a node has no spiking counterpart, or stands where none can
     */
    public static Graph of(Graph ann, Map<String, Float> thresholds, ConvertOptions options)
            throws ConversionException {
        RateConversion conversion =
                new RateConversion(ReluBeforePool.of(MeanBeforeWeights.of(ann)), thresholds, options);
        for (String name : GraphOrder.of(conversion.ann).nodes()) {
            conversion.convert(name, conversion.ann.node(name));
        }
        conversion.warnings.addAll(ann.warnings());
        return new Graph(
                ann.name(), conversion.nodes, List.copyOf(conversion.edges), conversion.warnings, ann.digest());
    }

    private void convert(String name, Node node) throws ConversionException {
        if (node instanceof Node.Pool2d || areWeights(name)) {
            requireSpikes(name, name);
        }
        switch (node) {
            case Node.Input _ -> place(name, node, 1);
            case Node.Output _ -> output(name, node);
            case Node.Relu _ -> neurons(name);
            case Node.Affine _, Node.Conv2d _ -> weights(name);
            case Node.MaxPool2d maximum -> {
                boolean ofSpikes = !(ann.node(ann.sourcesOf(name).getFirst()) instanceof Node.Input);
                place(name, ofSpikes ? options.pool().of(maximum) : maximum, commonUnit(name));
                madeSources(name).forEach(source -> edges.add(new Graph.Edge(source, name)));
            }
            case Node.SumPool2d _, Node.AvgPool2d _, Node.Flatten _ -> linear(name);
            default ->
                throw new ConversionException("node '" + name + "' is a "
                        + node.getClass().getSimpleName() + ", which belongs to no conventional network; convert"
                        + " networks of weights, ReLUs and pools");
        }
    }

    private void place(String name, Node node, float worth) {
        nodes.put(name, node);
        unit.put(name, worth);
        made.put(name, List.of(name));
    }

    private List<String> madeSources(String name) {
        return ann.sourcesOf(name).stream()
                .flatMap(source -> made.get(source).stream())
                .toList();
    }

    private boolean areWeights(String name) {
        return ann.node(name) instanceof Node.Affine || ann.node(name) instanceof Node.Conv2d;
    }

    /** What weights or pools read are spikes or the input, not sums. */
    private void requireSpikes(String reader, String name) throws ConversionException {
        for (String source : ann.sourcesOf(name)) {
            if (areWeights(source)) {
                throw new ConversionException("node '" + reader + "' reads the sums of '" + source
                        + "', which has no ReLU behind it; put one between them, or, where '" + source
                        + "' is a batch norm or only scales, put it right behind the weights before it");
            }
            if (ann.node(source) instanceof Node.Flatten) {
                requireSpikes(reader, source);
            }
        }
    }

    /** A maximum compares spikes, which no weights behind it could tell apart. */
    private float commonUnit(String name) throws ConversionException {
        List<String> sources = madeSources(name);
        for (String source : sources) {
            if (!unit.get(source).equals(unit.get(sources.getFirst()))) {
                throw new ConversionException("node '" + name + "' takes the largest of a sum of '" + sources.getFirst()
                        + "' and '" + source + "', whose spikes do not stand for the same; put a ReLU, or weights and"
                        + " a ReLU, between the sum and the maximum");
            }
        }
        return unit.get(sources.getFirst());
    }

    /** The sources of a node by what their spikes stand for; each group gets a name, the first that of the node. */
    private Map<String, List<String>> byUnit(String name) {
        Map<Float, List<String>> groups = new LinkedHashMap<>();
        for (String source : madeSources(name)) {
            groups.computeIfAbsent(unit.get(source), worth -> new ArrayList<>()).add(source);
        }
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (List<String> sources : groups.values()) {
            String copy = named.isEmpty() ? name : unused(name + "." + sources.getFirst());
            sources.forEach(source -> edges.add(new Graph.Edge(source, copy)));
            named.put(copy, sources);
        }
        made.put(name, List.copyOf(named.keySet()));
        return named;
    }

    /** What pools or reshapes a sum does so to each summand; copies carry what spikes stand for to the weights behind. */
    private void linear(String name) {
        byUnit(name).forEach((copy, sources) -> {
            nodes.put(copy, ann.node(name));
            unit.put(copy, unit.get(sources.getFirst()));
        });
    }

    /** Weights are multiplied by what the spikes stand for that they read; where those differ, by copies. */
    private void weights(String name) {
        byUnit(name).forEach((copy, sources) -> {
            nodes.put(copy, Weights.scaled(ann.node(name), unit.get(sources.getFirst()), copy.equals(name)));
            unit.put(copy, 1f);
        });
    }

    /** Spikes are counted where neurons give the output; behind pools, and of several worths, weights of one value add up. */
    private void output(String name, Node node) {
        List<String> sources = ann.sourcesOf(name);
        boolean isCounted = sources.stream().noneMatch(this::pools)
                && madeSources(name).stream().map(unit::get).distinct().count() == 1;
        for (String source : sources) {
            for (String copy : made.get(source)) {
                String read = isCounted || areWeights(source) ? copy : skip(source, copy, name);
                edges.add(new Graph.Edge(read, name));
            }
        }
        place(name, node, 1);
    }

    private boolean pools(String name) {
        return ann.node(name) instanceof Node.Pool2d
                || ann.node(name) instanceof Node.Flatten
                        && ann.sourcesOf(name).stream().anyMatch(this::pools);
    }

    private void neurons(String name) {
        float threshold = thresholds.get(name);
        // Where a reset loses what is above the threshold, there is no remainder to round.
        boolean rounds = options.reset() == ConvertOptions.Reset.HARD;
        for (String source : ann.sourcesOf(name)) {
            // What several nodes read may not be changed for one of them.
            boolean ownWeights = !areWeights(source) || ann.targetsOf(source).size() == 1;
            for (String copy : made.get(source)) {
                String driving = areWeights(source) ? copy : skip(source, copy, name);
                edges.add(new Graph.Edge(driving, name));
                if (ownWeights && !rounds) {
                    nodes.put(driving, Weights.withBias(nodes.get(driving), threshold / (2f * options.steps())));
                    rounds = true;
                }
            }
        }
        if (!rounds) {
            warnings.add("node '" + name
                    + "' shares its weights with others, so its number of spikes is cut off rather than" + " rounded");
        }
        Node single = new Node.If(ONE, Tensor.scalar(threshold), ZERO);
        place(
                name,
                options.bursts().map(chosen -> bursts(name, threshold, chosen)).orElse(single),
                threshold);
    }

    /** The spikes of the output are counted as they come, so those stay. */
    private Node bursts(String name, float threshold, BurstNeurons chosen) {
        Optional<SpikeCalibration> calibration = chosen.calibration();
        if (calibration.isPresent() && givesOutput(name)) {
            warnings.add("node '" + name + "' gives the output, so its neurons take no spikes back");
            calibration = Optional.empty();
        }
        return new Node.BurstIf(Tensor.scalar(threshold), chosen.most(), calibration);
    }

    private boolean givesOutput(String name) {
        return ann.targetsOf(name).stream()
                .anyMatch(target -> ann.node(target) instanceof Node.Output
                        || ann.node(target) instanceof Node.Flatten && givesOutput(target));
    }

    /** Spikes that reach neurons without weights get some: one a channel, of what a spike stands for. */
    private String skip(String source, String copy, String target) {
        int channels = shapes.outputOf(source).channels();
        float[] weight = new float[channels];
        java.util.Arrays.fill(weight, unit.get(copy));
        String name = unused(copy + "." + target);
        nodes.put(
                name,
                new Node.Conv2d(
                        Tensor.of(weight, channels, 1, 1, 1),
                        null,
                        new int[] {1, 1},
                        new int[2],
                        new int[] {1, 1},
                        channels,
                        null));
        edges.add(new Graph.Edge(copy, name));
        return name;
    }

    private String unused(String wish) {
        String name = wish;
        while (ann.node(name) != null || nodes.containsKey(name)) {
            name += "'";
        }
        return name;
    }
}
