package io.spikelet.host.quantise;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.LateSpikes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Bounds;
import io.spikelet.model.Delay;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the layers of the integer network: all that feed neurons first, then every neuron layer with its proof. */
final class NetworkAssembly {
    /** Stands for a layer until it is defined. */
    private static final Operation PROVISIONAL = new Operation.Input();

    private final Topology topology;
    private final QuantiseOptions options;

    private final WeightChoice weights;

    /** By the name of the linear node; empty where weights round to their nearest. */
    private final Map<String, InputMoments> moments;

    private final List<Layer> layers = new ArrayList<>();

    /** For each layer the real value of one LSB of its output: one value, or one a channel of a linear layer. */
    private final List<double[]> outputScale = new ArrayList<>();

    private final Map<Integer, NeuronFit.Rounding> roundings = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private SpikingNetwork network;

    private NetworkAssembly(Graph graph, QuantiseOptions options, Map<String, InputMoments> moments)
            throws QuantiseException {
        this.topology = TopologyBuilder.of(graph);
        weights = new WeightChoice(options.weights(), graph.weightKinds());
        this.options = options;
        this.moments = moments;
    }

    /** @param moments what the weights of each linear node meet, by its name; empty to round to the nearest */
    static NetworkAssembly of(Graph graph, QuantiseOptions options, Map<String, InputMoments> moments)
            throws QuantiseException {
        InferenceSettings inference = options.inference();
        Graph spelled = LateSpikes.of(graph, inference.profile(), inference.dt());
        NetworkAssembly assembly = new NetworkAssembly(spelled, options, moments);
        assembly.warnings.addAll(graph.warnings());
        assembly.assemble(graph.digest());
        return assembly;
    }

    SpikingNetwork network() {
        return network;
    }

    /** What the integers of a neuron layer cannot say exactly; for neuron layers only. */
    NeuronFit.Rounding rounding(int layer) {
        return roundings.get(layer);
    }

    /** What the importer warned of, then what was lost here. */
    List<String> warnings() {
        return warnings;
    }

    private void assemble(String digest) throws QuantiseException {
        requireReadout();
        weights.requireWeighted(topology);
        Optional<LearningRule> learning = Optional.empty();
        if (options.learning().isPresent()) {
            learning = Optional.of(
                    LearnableLayers.rule(topology, options.learning().get()));
        }
        network = new SpikingNetwork(
                options.name(),
                options.inference().timeSteps(),
                options.inference().encoder(),
                options.inference().readout(),
                List.of(),
                options.inference().profile().at(options.inference().dt()),
                learning,
                options.securityCounter(),
                new Provenance(digest, "", Quantiser.TOOL, Double.NaN, Double.NaN));
        for (Topology.Place place : topology.places()) {
            layers.add(new Layer(place.name(), place.inputs(), place.shape(), provisional(place), PROVISIONAL));
            outputScale.add(new double[] {1});
        }
        network = network.withLayers(layers);
        for (int i = 0; i < layers.size(); i++) {
            define(i, topology.places().get(i));
        }
        for (int i = 0; i < layers.size(); i++) {
            Topology.Place place = topology.places().get(i);
            if (isMultiSpike() && !place.hasMembranes() && i > 0) {
                define(i, place); // its sources may give less than was thought when nothing was known of them
            }
            if (place.hasMembranes()) {
                MembraneProof proof = MembraneProof.of(network, i, fit(place));
                replace(i, proof.neuron(), proof.output());
                roundings.put(i, proof.rounding());
                warnings.addAll(proof.warnings());
            }
        }
    }

    private boolean isMultiSpike() {
        return options.inference().profile().isMultiSpike();
    }

    /** What a layer may give before anything is proved of it. */
    private EdgeDomain provisional(Topology.Place place) {
        if (place.node() instanceof Node.BurstIf neuron) {
            return neuron.calibration().isPresent()
                    ? EdgeDomain.signed(SpikeCalibration.LEAST, neuron.burst())
                    : EdgeDomain.unsigned(neuron.burst());
        }
        boolean followsProfile =
                place.node() != null && place.node().isNeuron() && !(place.node() instanceof Node.TwoBranch);
        return isMultiSpike() && followsProfile ? EdgeDomain.unsigned(Bursts.MOST) : EdgeDomain.SPIKE;
    }

    private void requireReadout() throws QuantiseException {
        boolean givesPotentials = topology.places().getLast().givesPotentials();
        boolean readsPotentials = options.inference().readout().kind() == Readout.Kind.POTENTIAL;
        if (givesPotentials && !readsPotentials) {
            throw new QuantiseException("the graph ends without neurons that fire, so it gives no spikes that a readout"
                    + " of kind " + options.inference().readout().kind() + " could compare; read POTENTIAL");
        }
    }

    /** Defines everything but neurons, whose drives need all layers that feed them. */
    private void define(int index, Topology.Place place) throws QuantiseException {
        switch (place.part()) {
            case Part.OfNode(Node.Input _) -> {
                outputScale.set(index, new double[] {1.0 / options.inputFullScale()});
                replace(index, new Operation.Input(), EdgeDomain.unsigned(options.inputMaximum()));
            }
            case Part.Times(Node.FirstSpike neuron) -> {
                replace(index, new Operation.Input(), EdgeDomain.time(neuron.window()));
                network = network.withEncoder(InputTimes.of(neuron, options.inputFullScale()));
            }
            case Part.OfNode(Node.FirstSpike neuron) ->
                replace(
                        index,
                        FirstSpikeProof.of(network, index, neuron, edges(place)).neuron(),
                        EdgeDomain.time(neuron.window()));
            case Part.OfNode(Node.Affine affine) ->
                defineLinear(index, LinearParts.dense(affine, rule(index), met(place)));
            case Part.OfNode(Node.Conv2d conv) ->
                defineLinear(index, LinearParts.convolution(conv, rule(index), met(place)));
            case Part.OfNode(Node.MaxPool2d pool) ->
                passOn(index, pool(place, pool, readsTimes(index) ? Pool2d.Kind.MIN : Pool2d.Kind.MAX));
            case Part.OfNode(Node.LossFreePool2d pool) -> passOn(index, pool(place, pool, Pool2d.Kind.LOSS_FREE));
            case Part.OfNode(Node.Pool2d pool) -> {
                outputScale.set(index, new double[] {sourceScale(index) * pool.factor()});
                EdgeDomain.Kind read =
                        layers.get(place.inputs().getFirst().source()).output().kind();
                declareMaximum(
                        index,
                        pool(place, pool, Pool2d.Kind.SUM),
                        read == EdgeDomain.Kind.SIGNED ? read : EdgeDomain.Kind.UNSIGNED);
            }
            case Part.OfNode(Node.Delay delay) -> {
                int source = place.inputs().getFirst().source();
                outputScale.set(index, outputScale.get(source));
                int[] steps = delay.steps(
                        place.name(), options.inference().dt(), place.shape().size());
                replace(
                        index,
                        new Delay(ParameterPacking.pack(steps, place.shape())),
                        layers.get(source).output());
            }
            case Part.Or(Node.Pool2d pool) -> {
                int source = place.inputs().getFirst().source();
                if (layers.get(source).output().maximum() > 1) {
                    throw new QuantiseException("node '" + place.name() + "' makes an OR of '"
                            + layers.get(source).name() + "', whose neurons may fire several times a step; take a"
                            + " profile of one spike a step");
                }
                replace(index, pool(place, pool, Pool2d.Kind.MAX), EdgeDomain.SPIKE);
            }
            case Part.OfNode(Node.SpikeJoin join) -> {
                for (Inbound inbound : place.inputs()) {
                    Layer source = layers.get(inbound.source());
                    if (source.output().kind() != EdgeDomain.Kind.BIT) {
                        throw new QuantiseException("node '" + place.name() + "' joins '" + source.name()
                                + "', which does not give single spikes; join neurons that fire once a step");
                    }
                }
                replace(index, new Join(join.kind()), EdgeDomain.SPIKE);
            }
            case Part.OfNode(Node.CurrentAdd _) -> {
                StreamFit stream = StreamFit.of(network, topology.places(), index, edges(place), weights.bits());
                outputScale.set(index, new double[] {stream.unit()});
                declareMaximum(index, stream.operation(), EdgeDomain.Kind.SIGNED);
            }
            case Part.Sum _ -> {
                outputScale.set(index, new double[] {commonScale(place)});
                boolean signed = place.inputs().stream()
                        .anyMatch(
                                inbound -> layers.get(inbound.source()).output().kind() == EdgeDomain.Kind.SIGNED);
                declareMaximum(
                        index, new Join(Join.Kind.ADD), signed ? EdgeDomain.Kind.SIGNED : EdgeDomain.Kind.UNSIGNED);
            }
            case Part.Gate gate ->
                replace(index, GateFit.of(gate.attention(), place.shape().area()), EdgeDomain.unsigned(Q15.ONE));
            case Part.OfNode _, Part.Potential _ -> {}
        }
    }

    /** Defines a layer that gives values of its source's kind and unit. */
    private void passOn(int index, Operation operation) {
        int source = topology.places().get(index).inputs().getFirst().source();
        outputScale.set(index, outputScale.get(source));
        replace(index, operation, layers.get(source).output());
    }

    private Optional<InputMoments> met(Topology.Place place) {
        return Optional.ofNullable(moments.get(place.name()));
    }

    private boolean readsTimes(int index) {
        int source = topology.places().get(index).inputs().getFirst().source();
        return layers.get(source).output().kind() == EdgeDomain.Kind.TIME;
    }

    private WeightRule rule(int index) throws QuantiseException {
        return weights.of(topology.places().get(index).name(), readsTimes(index), learned(index));
    }

    /** The kind of weights that the board's rule changes. */
    private Optional<WeightKind> learned(int index) {
        return network.learnsWeights(index)
                ? network.learning()
                        .map(rule ->
                                rule.method().kind() == LearningMethod.Kind.FLIP ? WeightKind.BINARY : WeightKind.INT8)
                : Optional.empty();
    }

    private static Pool2d pool(Topology.Place place, Node.Pool2d pool, Pool2d.Kind kind) throws QuantiseException {
        int[] window = pool.kernelSize();
        if (pool.padding()[0] >= window[0] || pool.padding()[1] >= window[1]) {
            throw new QuantiseException("node '" + place.name() + "' pads by as much as its window or more; a padding"
                    + " is smaller than the window");
        }
        return pool.layer(kind);
    }

    private double commonScale(Topology.Place place) throws QuantiseException {
        double scale = outputScale.get(place.inputs().getFirst().source())[0];
        for (Inbound inbound : place.inputs()) {
            if (outputScale.get(inbound.source())[0] != scale) {
                throw new QuantiseException("node '" + place.name() + "' adds up '"
                        + layers.get(inbound.source()).name() + "' and '"
                        + layers.get(place.inputs().getFirst().source()).name()
                        + "', whose integers do not mean the same; add up spikes, or pools of the same size");
            }
        }
        return scale;
    }

    private void defineLinear(int index, LinearParts.Weighted weighted) throws QuantiseException {
        float[] weightScale = weighted.scale();
        double[] scale = new double[weightScale.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = weightScale[c] * sourceScale(index);
        }
        outputScale.set(index, scale);
        declareMaximum(index, weighted.operation(), EdgeDomain.Kind.SIGNED);
    }

    /** The real value of one LSB of what a linear or pooling layer reads: input, spikes or sums of spikes. */
    private double sourceScale(int index) {
        return outputScale.get(topology.places().get(index).inputs().getFirst().source())[0];
    }

    /** Declares the proved largest accumulator. */
    private void declareMaximum(int index, Operation operation, EdgeDomain.Kind kind) throws QuantiseException {
        replace(index, operation, new EdgeDomain(kind, Integer.MAX_VALUE));
        long worst = 1;
        for (long maximum : Bounds.accumulatorMaxima(network, index)) {
            worst = Math.max(worst, maximum);
        }
        if (worst > Integer.MAX_VALUE) {
            throw new QuantiseException("node '" + layers.get(index).name() + "' can sum up to " + worst
                    + ", which leaves 32 bits; split the layer or lower the input maximum");
        }
        replace(index, operation, new EdgeDomain(kind, (int) worst));
    }

    private void replace(int index, Operation operation, EdgeDomain domain) {
        Layer layer = layers.get(index);
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), domain, operation));
        network = network.withLayers(layers);
    }

    private NeuronFit fit(Topology.Place place) throws QuantiseException {
        List<NeuronFit.Edge> edges = edges(place);
        InferenceSettings inference = options.inference();
        int size = place.shape().size();
        if (place.part() instanceof Part.Potential) {
            return new PotentialFit(NeuronDynamics.passing(size), place.shape(), edges);
        }
        if (place.node() instanceof Node.TwoBranch neuron) {
            return TwoBranchFit.of(place.name(), neuron, place.shape(), edges, inference.timeSteps());
        }
        NeuronDynamics dynamics =
                NeuronDynamics.of(place.name(), place.node(), size, inference.profile(), inference.dt());
        if (place.givesPotentials()) {
            return new PotentialFit(dynamics, place.shape(), edges);
        }
        NeuronFit membranes = new MembraneFit(dynamics, place.shape(), edges);
        return place.node() instanceof Node.BurstIf neuron ? new BurstFit(membranes, neuron) : membranes;
    }

    private List<NeuronFit.Edge> edges(Topology.Place place) {
        int size = place.shape().size();
        List<NeuronFit.Edge> edges = new ArrayList<>();
        int driving = place.inputs().size() - (place.isGated() ? 1 : 0);
        for (int k = 0; k < driving; k++) {
            int source = place.inputs().get(k).source();
            int area = layers.get(source).shape().area();
            boolean biasAtStart =
                    !place.fedBack().get(k) || options.inference().profile().recurrentActiveAtStart();
            edges.add(new NeuronFit.Edge(
                    spread(outputScale.get(source), size, area),
                    spread(bias(topology.places().get(source).node()), size, area),
                    biasAtStart));
        }
        return edges;
    }

    private static double[] bias(Node node) {
        Tensor bias = switch (node) {
            case null -> null;
            case Node.Affine affine -> affine.bias();
            case Node.Conv2d conv -> conv.bias();
            default -> null;
        };
        double[] values = new double[bias == null ? 1 : bias.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = bias == null ? 0 : bias.at(c);
        }
        return values;
    }

    /** @param given one value, one a channel or one a neuron */
    private static double[] spread(double[] given, int size, int area) {
        double[] values = new double[size];
        for (int n = 0; n < size; n++) {
            values[n] = given[given.length == 1 ? 0 : given.length == size ? n : n / area];
        }
        return values;
    }
}
