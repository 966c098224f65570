package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Bounds;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
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
    private final List<Layer> layers = new ArrayList<>();

    /** For each layer the real value of one LSB of its output: one value, or one a channel of a linear layer. */
    private final List<double[]> outputScale = new ArrayList<>();

    private final Map<Integer, MembraneFit.Rounding> roundings = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private SpikingNetwork network;

    private NetworkAssembly(Topology topology, QuantiseOptions options) {
        this.topology = topology;
        this.options = options;
    }

    static NetworkAssembly of(Graph graph, QuantiseOptions options) throws QuantiseException {
        NetworkAssembly assembly = new NetworkAssembly(Topology.of(graph), options);
        assembly.warnings.addAll(graph.warnings());
        assembly.assemble(graph.digest());
        return assembly;
    }

    SpikingNetwork network() {
        return network;
    }

    /** What the integers of a neuron layer cannot say exactly; for neuron layers only. */
    MembraneFit.Rounding rounding(int layer) {
        return roundings.get(layer);
    }

    /** What the importer warned of, then what was lost here. */
    List<String> warnings() {
        return warnings;
    }

    private void assemble(String digest) throws QuantiseException {
        Optional<LearningRule> learning = Optional.empty();
        if (options.learning().isPresent()) {
            QuantiseOptions.Learning chosen = options.learning().get();
            List<Integer> learnable = LearnableLayers.of(topology, chosen.nodes());
            learning = Optional.of(new LearningRule(learnable, chosen.learningRate(), chosen.logitGain()));
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
            layers.add(new Layer(place.name(), place.inputs(), place.shape(), EdgeDomain.SPIKE, PROVISIONAL));
            outputScale.add(new double[] {1});
        }
        network = network.withLayers(layers);
        for (int i = 0; i < layers.size(); i++) {
            define(i, topology.places().get(i));
        }
        for (int i = 0; i < layers.size(); i++) {
            Topology.Place place = topology.places().get(i);
            if (place.node().isNeuron()) {
                MembraneProof proof = MembraneProof.of(network, i, fit(place));
                replace(i, proof.neuron(), EdgeDomain.SPIKE);
                roundings.put(i, proof.rounding());
                warnings.addAll(proof.warnings());
            }
        }
    }

    /** Defines everything but neurons, whose drives need all layers that feed them. */
    private void define(int index, Topology.Place place) throws QuantiseException {
        switch (place.node()) {
            case Node.Input _ -> {
                outputScale.set(index, new double[] {1.0 / options.inputFullScale()});
                replace(index, new Operation.Input(), EdgeDomain.unsigned(options.inputMaximum()));
            }
            case Node.Affine affine -> defineDense(index, affine);
            case Node.Conv2d conv -> defineConvolution(index, conv);
            case Node.SumPool2d pool -> definePool(index, pool);
            default -> {}
        }
    }

    private void defineDense(int index, Node.Affine affine) throws QuantiseException {
        int outputs = affine.weight().shape()[0];
        QuantisedWeights weights = QuantisedWeights.of(affine.weight().values(), outputs);
        defineLinear(
                index,
                new Operation.Dense(outputs, affine.weight().shape()[1], weights.values(), weights.scale()),
                weights.scale());
    }

    private void defineConvolution(int index, Node.Conv2d conv) throws QuantiseException {
        int[] extents = conv.weight().shape();
        QuantisedWeights weights = QuantisedWeights.of(conv.weight().values(), extents[0]);
        Operation operation = new Operation.Conv2d(
                extents[0],
                extents[1] * conv.groups(),
                extents[2],
                extents[3],
                conv.stride()[0],
                conv.stride()[1],
                conv.padding()[0],
                conv.padding()[1],
                conv.dilation()[0],
                conv.dilation()[1],
                conv.groups(),
                weights.values(),
                weights.scale());
        defineLinear(index, operation, weights.scale());
    }

    private void defineLinear(int index, Operation operation, float[] weightScale) throws QuantiseException {
        double[] scale = new double[weightScale.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = weightScale[c] * sourceScale(index);
        }
        outputScale.set(index, scale);
        declareMaximum(index, operation, EdgeDomain.Kind.SIGNED);
    }

    private void definePool(int index, Node.SumPool2d pool) throws QuantiseException {
        Operation operation = Pool2d.sum(
                pool.kernelSize()[0],
                pool.kernelSize()[1],
                pool.stride()[0],
                pool.stride()[1],
                pool.padding()[0],
                pool.padding()[1]);
        outputScale.set(index, new double[] {sourceScale(index)});
        declareMaximum(index, operation, EdgeDomain.Kind.UNSIGNED);
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

    private MembraneFit fit(Topology.Place place) throws QuantiseException {
        Shape shape = place.shape();
        NeuronDynamics dynamics = NeuronDynamics.of(
                place.name(),
                place.node(),
                shape.size(),
                options.inference().profile(),
                options.inference().dt());
        List<MembraneFit.Edge> edges = new ArrayList<>();
        for (int k = 0; k < place.inputs().size(); k++) {
            Inbound inbound = place.inputs().get(k);
            int area = layers.get(inbound.source()).shape().area();
            boolean biasAtStart =
                    !place.fedBack().get(k) || options.inference().profile().recurrentActiveAtStart();
            edges.add(new MembraneFit.Edge(
                    spread(outputScale.get(inbound.source()), shape.size(), area),
                    spread(bias(topology.places().get(inbound.source()).node()), shape.size(), area),
                    biasAtStart));
        }
        return new MembraneFit(
                dynamics, shape, edges, options.inference().profile().comparison());
    }

    private static double[] bias(Node node) {
        Tensor bias = switch (node) {
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

    private static double[] spread(double[] perChannel, int size, int area) {
        double[] values = new double[size];
        for (int n = 0; n < size; n++) {
            values[n] = perChannel[perChannel.length == 1 ? 0 : n / area];
        }
        return values;
    }
}
