package io.spikelet.host.onnx;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Bounds;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the layers of a quantised file, node by node along the edges. */
final class IntegerAssembly {
    /** Two scales that differ by no more than float rounding are one. */
    private static final double SAME = 1e-5;

    private final Graph graph;
    private final GraphDraft draft;
    private final GraphShapes shapes;
    private final int inputFullScale;
    private final ProvedLayers layers;
    private final Map<String, Given> given = new HashMap<>();
    private long weights;

    /**
     * What a node gives.
     *
     * @param layer whose output it is
     * @param scale (channels) the real value of one LSB
     * @param bias (channels) real, still to be added by whoever reads it
     * @param isCode whether it is a quantised activation, which weights may read
     */
    private record Given(int layer, double[] scale, double[] bias, boolean isCode) {
        static Given code(int layer, int channels, double scale) {
            return new Given(layer, filled(channels, scale), new double[channels], true);
        }

        private static double[] filled(int channels, double value) {
            double[] values = new double[channels];
            Arrays.fill(values, value);
            return values;
        }
    }

    private IntegerAssembly(Graph graph, GraphDraft draft, SpikingNetwork empty, int inputFullScale) {
        this.graph = graph;
        this.draft = draft;
        this.inputFullScale = inputFullScale;
        shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        layers = new ProvedLayers(graph.name(), empty);
    }

    /**
     * @param empty the network without its layers
     * @param inputFullScale the input integer that means 1.0
     * @throws ImportException when a node has no integers, or some that the network has no layer for
     */
    static IntegerAssembly of(Graph graph, GraphDraft draft, SpikingNetwork empty, int inputFullScale)
            throws ImportException {
        IntegerAssembly assembly = new IntegerAssembly(graph, draft, empty, inputFullScale);
        for (String name : GraphOrder.of(graph).nodes()) {
            assembly.define(name, graph.node(name));
        }
        return assembly;
    }

    SpikingNetwork network() {
        return layers.network();
    }

    /** How many weights were taken as they are. */
    long weights() {
        return weights;
    }

    private void define(String name, Node node) throws ImportException {
        switch (node) {
            case Node.Input _ -> given.put(name, input(name));
            case Node.Output _ -> scores(name);
            case Node.Flatten _ -> given.put(name, requantised(name, spread(name, only(name)), true));
            case Node.Relu relu -> given.put(name, codes(name, relu.ceiling(), sources(name)));
            case Node.MaxPool2d pool -> given.put(name, requantised(name, maximum(name, pool), true));
            case Node.AvgPool2d pool -> given.put(name, requantised(name, mean(name, pool), true));
            case Node.Conv2d conv -> given.put(name, linear(name, convolution(name, conv)));
            case Node.Affine affine -> given.put(name, linear(name, dense(name, affine)));
            default ->
                throw fault(
                        name,
                        "has no counterpart in integers; keep what is quantised to Conv, Gemm, MatMul, pools, sums of"
                                + " activations and ReLU");
        }
    }

    /** Codes that are symmetric around 0 spend half of themselves on values that no pixel has. */
    private static String unsigned(String name) {
        return "give onnxruntime's quantize_static the extra option 'TensorQuantOverrides': {'" + name
                + "': [{'quant_type': QuantType.QUInt8, 'symmetric': False}]}, so that symmetric codes leave the input"
                + " out, and ";
    }

    private Given input(String name) throws ImportException {
        Quantisation meaning = draft.quantisations().get(name);
        if (meaning == null) {
            throw fault(name, "is not quantised; quantise the whole file, its input too");
        }
        // Code = zero + pixel · k: with a whole k the weights read the pixels themselves.
        double exact = 1.0 / inputFullScale / meaning.scale();
        double times = Math.rint(exact);
        boolean isExact = times >= 1
                && Math.abs(exact / times - 1) < SAME
                && times * inputFullScale <= meaning.highest() - meaning.zero();
        if (!isExact) {
            throw fault(
                    name,
                    "is quantised by a scale of " + meaning.scale() + " with the zero point " + meaning.zero()
                            + ", which does not give pixels of 0 to " + inputFullScale
                            + " codes at equal steps; "
                            + (meaning.lowest() < 0 && meaning.zero() == 0 ? unsigned(name) : "")
                            + "calibrate with inputs of pixel / " + inputFullScale
                            + " so that the scale is 1 / " + inputFullScale + " or that by a whole number");
        }
        Shape shape = shapes.outputOf(name);
        int layer = layers.add(name, List.of(), shape, EdgeDomain.unsigned(inputFullScale), new Operation.Input());
        return Given.code(layer, shape.channels(), 1.0 / inputFullScale);
    }

    private List<Given> sources(String name) {
        return graph.sourcesOf(name).stream().map(given::get).toList();
    }

    private Given only(String name) throws ImportException {
        List<Given> sources = sources(name);
        if (sources.size() != 1) {
            throw fault(name, "reads a sum that is not quantised; quantise the Add before it");
        }
        return sources.getFirst();
    }

    /** The activation that weights or a pool read. */
    private Given code(String name) throws ImportException {
        Given source = only(name);
        if (!source.isCode()) {
            throw fault(name, "reads what is not quantised to 8 bits behind a ReLU; quantise every activation");
        }
        return source;
    }

    /** A flattened layer's channels are its values. */
    private Given spread(String name, Given source) {
        int size = shapes.outputOf(name).size();
        int area = size / source.scale().length;
        double[] scale = new double[size];
        double[] bias = new double[size];
        for (int i = 0; i < size; i++) {
            scale[i] = source.scale()[i / area];
            bias[i] = source.bias()[i / area];
        }
        return new Given(source.layer(), scale, bias, source.isCode());
    }

    private Given linear(String name, Operation operation) throws ImportException {
        Given source = code(name);
        IntegerWeights integers = integers(name);
        int layer = layers.accumulator(name, List.of(Inbound.from(source.layer())), shapes.outputOf(name), operation);
        int rows = integers.scale().length;
        double[] scale = new double[rows];
        for (int r = 0; r < rows; r++) {
            scale[r] = source.scale()[0] * integers.scale()[r];
        }
        weights += integers.codes().length;
        Given sums = new Given(layer, scale, integers.bias() == null ? new double[rows] : integers.bias(), false);
        return requantised(name, sums, false);
    }

    private IntegerWeights integers(String name) throws ImportException {
        IntegerWeights integers = draft.weights().get(name);
        if (integers == null) {
            throw fault(
                    name,
                    "has no integer weights with one scale, or one an output; quantise every Conv, Gemm and MatMul, and"
                            + " fold batch norms first");
        }
        for (int code : integers.codes()) {
            if (Math.abs(code) > Bounds.WEIGHT_MAXIMUM) {
                throw fault(
                        name,
                        "has a weight of " + code + "; weights here are -127 to 127, so quantise them symmetrically");
            }
        }
        return integers;
    }

    private static byte[] bytes(int[] codes) {
        byte[] bytes = new byte[codes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) codes[i];
        }
        return bytes;
    }

    private Operation dense(String name, Node.Affine affine) throws ImportException {
        int[] shape = affine.weight().shape();
        IntegerWeights integers = integers(name);
        return new Operation.Dense(shape[0], shape[1], bytes(integers.codes()), integers.scale());
    }

    private Operation convolution(String name, Node.Conv2d conv) throws ImportException {
        IntegerWeights integers = integers(name);
        return conv.layer(WeightKind.INT8, bytes(integers.codes()), integers.scale());
    }

    private Given maximum(String name, Node.MaxPool2d pool) throws ImportException {
        Given source = code(name);
        EdgeDomain domain = layers.output(source.layer());
        int layer = layers.add(
                name,
                List.of(Inbound.from(source.layer())),
                shapes.outputOf(name),
                domain,
                pool.layer(Pool2d.Kind.MAX));
        return new Given(layer, source.scale(), source.bias(), true);
    }

    /** A sum, whose divisor goes into its scale. */
    private Given mean(String name, Node.AvgPool2d pool) throws ImportException {
        Given source = code(name);
        int layer = layers.accumulator(
                name, List.of(Inbound.from(source.layer())), shapes.outputOf(name), pool.layer(Pool2d.Kind.SUM));
        double[] scale = Arrays.stream(source.scale())
                .map(value -> value / (pool.kernelSize()[0] * pool.kernelSize()[1]))
                .toArray();
        return new Given(layer, scale, new double[scale.length], false);
    }

    /**
     * Codes of another scale, where the file quantises here what no ReLU follows.
     *
     * @param isNonNegative whether what is quantised cannot be below 0, so that codes below its zero never come
     */
    private Given requantised(String name, Given source, boolean isNonNegative) throws ImportException {
        Quantisation meaning = draft.quantisations().get(name);
        List<Node> readers = graph.targetsOf(name).stream().map(graph::node).toList();
        if (meaning == null || readers.stream().allMatch(Node.Output.class::isInstance)) {
            return source;
        }
        boolean readByReLus = readers.stream().allMatch(Node.Relu.class::isInstance);
        boolean isCut = readByReLus
                && graph.targetsOf(name).stream()
                        .allMatch(reader -> graph.sourcesOf(reader).size() == 1);
        if (!meaning.cutsBelowZero() && !isNonNegative && !isCut) {
            if (readByReLus) {
                return summand(name, source, meaning);
            }
            throw fault(
                    name,
                    "gives codes whose zero point is " + meaning.zero()
                            + ", and no ReLU follows; only activations of 0 and more are supported between layers");
        }
        return isAlready(source, meaning)
                ? source
                : bursts(name + " codes", name, List.of(source), meaning, meaning.ceiling());
    }

    /** Codes below zero too, for a ReLU that adds them to others: all count from the lowest, and the ReLU takes that off. */
    private Given summand(String name, Given source, Quantisation meaning) throws ImportException {
        double lowest = (double) meaning.scale() * (meaning.lowest() - meaning.zero());
        double[] raised =
                Arrays.stream(source.bias()).map(bias -> bias - lowest).toArray();
        Given fromLowest = new Given(source.layer(), source.scale(), raised, source.isCode());
        double span = (double) meaning.scale() * (meaning.highest() - meaning.lowest());
        Given codes = bursts(name + " codes", name, List.of(fromLowest), meaning, span);
        return new Given(codes.layer(), codes.scale(), Given.filled(raised.length, lowest), false);
    }

    private static boolean isAlready(Given source, Quantisation meaning) {
        return source.isCode() && Math.abs(source.scale()[0] / meaning.scale() - 1) < SAME;
    }

    private Given codes(String name, float ceiling, List<Given> sources) throws ImportException {
        Quantisation meaning = draft.quantisations().get(name);
        if (meaning == null) {
            throw fault(name, "gives activations that are not quantised to 8 bits; quantise every activation");
        }
        double highest = Math.min(ceiling, meaning.ceiling());
        Given first = sources.getFirst();
        boolean cutsNothing = sources.size() == 1
                && isAlready(first, meaning)
                && layers.output(first.layer()).maximum() <= Math.rint(highest / meaning.scale());
        return cutsNothing ? first : bursts(name, name, sources, meaning, highest);
    }

    private Given bursts(String layerName, String name, List<Given> sources, Quantisation meaning, double ceiling)
            throws ImportException {
        Shape shape = shapes.outputOf(name);
        int most = (int) Math.rint(ceiling / meaning.scale());
        Operation.Neuron neuron = most < 1
                ? null
                : Requantisation.bursts(edges(sources), meaning.scale(), most).orElse(null);
        if (neuron == null) {
            throw fault(
                    name,
                    "sums up so far beyond its codes that no threshold of 32 bits tells them apart; split the layer"
                            + " before it");
        }
        int layer = layers.membranes(layerName, inbound(sources), shape, EdgeDomain.unsigned(most), neuron);
        return Given.code(layer, shape.channels(), meaning.scale());
    }

    private List<Requantisation.Edge> edges(List<Given> sources) {
        return sources.stream()
                .map(source -> {
                    long[] maxima = Bounds.outputMaxima(layers.network(), source.layer());
                    long[] worst = new long[source.scale().length];
                    for (int c = 0; c < worst.length; c++) {
                        worst[c] = maxima[(int) ((long) c * maxima.length / worst.length)];
                    }
                    return new Requantisation.Edge(source.scale(), source.bias(), worst);
                })
                .toList();
    }

    private static List<Inbound> inbound(List<Given> sources) {
        return sources.stream().map(source -> Inbound.from(source.layer())).toList();
    }

    private void scores(String name) throws ImportException {
        List<Given> sources = sources(name);
        Shape shape = shapes.outputOf(name);
        List<Requantisation.Edge> edges = edges(sources);
        CurrentAdd stream = Requantisation.scores(edges);
        int aligned = layers.accumulator(name + " aligned", inbound(sources), shape, stream);
        layers.membranes(
                name,
                List.of(Inbound.from(aligned)),
                shape,
                EdgeDomain.signed(Integer.MAX_VALUE),
                Requantisation.potentials(Requantisation.scoreUnit(edges)));
    }

    private ImportException fault(String name, String what) {
        return new ImportException(graph.name() + ": node '" + name + "' " + what);
    }
}
