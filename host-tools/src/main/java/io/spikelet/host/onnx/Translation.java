package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.onnx.Activation.ValueRange;
import io.spikelet.host.onnx.wire.GraphProto;
import io.spikelet.host.onnx.wire.NodeProto;
import io.spikelet.host.onnx.wire.TensorProto;
import io.spikelet.host.onnx.wire.ValueInfoProto;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks the nodes of a file in order and keeps what each tensor name stands for. */
final class Translation {
    private static final int MAX_RANK = 8;

    /** Numbers that are computed from constants, in all of a file. */
    private static final long MOST_COMPUTED = 1L << 26;

    /** ONNX's codes of data types. */
    private static final int UINT8 = 2;

    private static final int INT8 = 3;

    private final String file;
    private final GraphDraft draft;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, List<OnnxNode>> readers = new HashMap<>();
    private final Map<String, TensorProto> initialisers = new HashMap<>();
    private final Map<String, Constant> constants = new HashMap<>();
    private final Map<String, Integer> constantTypes = new HashMap<>();
    private final Map<String, Activation> activations = new HashMap<>();
    private long computed;

    private Translation(String file, GraphProto proto) throws ImportException {
        this.file = file;
        draft = new GraphDraft(file);
        for (TensorProto tensor : proto.getInitializerList()) {
            initialisers.put(tensor.getName(), tensor);
        }
        int place = 0;
        for (NodeProto node : proto.getNodeList()) {
            OnnxNode read = new OnnxNode(file, node, place++);
            nodes.add(read);
            read.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, key -> new ArrayList<>())
                            .add(read));
        }
    }

    /** @throws ImportException naming the first node that cannot be translated */
    static GraphDraft of(String file, GraphProto proto) throws ImportException {
        Translation translation = new Translation(file, proto);
        translation.run(proto);
        return translation.draft;
    }

    private void run(GraphProto proto) throws ImportException {
        takeInput(proto.getInputList());
        Set<String> wanted = new HashSet<>();
        proto.getOutputList().forEach(output -> wanted.add(output.getName()));
        for (OnnxNode node : living(wanted)) {
            Operators.translate(node, this);
        }
        giveOutput(proto.getOutputList());
    }

    /** The nodes that something reads, in the file's order. */
    private List<OnnxNode> living(Set<String> wanted) {
        List<OnnxNode> living = new ArrayList<>();
        for (OnnxNode node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(wanted::contains)) {
                living.add(node);
                wanted.addAll(node.inputs());
            }
        }
        return living.reversed();
    }

    private void takeInput(List<ValueInfoProto> declared) throws ImportException {
        List<ValueInfoProto> inputs = declared.stream()
                .filter(value -> !initialisers.containsKey(value.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new ImportException(
                    file + ": has " + inputs.size() + " inputs; a network here has one, so export it with one");
        }
        ValueInfoProto input = inputs.getFirst();
        InputExtents extents = InputExtents.of(file, input);
        String name = draft.addInput(input.getName(), new Node.Input(new int[] {1}));
        place(input.getName(), name, extents.values());
        if (extents.hasOpenBatch()) {
            draft.warn("input '" + input.getName() + "': the open first extent is a batch and was taken for 1");
        }
    }

    /** Gives the graph's input the shape that a tensor name of these extents needs. */
    Activation place(String tensor, String inputNode, int[] extents) {
        boolean isChannelsLast = InputLayout.isChannelsLast(readers, tensor, extents.length);
        Activation read = InputLayout.read(inputNode, extents, isChannelsLast);
        Shape shape = read.shape();
        draft.reshapeInput(inputNode, InputLayout.declared(shape, extents.length));
        if (isChannelsLast && shape.channels() > 1 && shape.area() > 1) {
            draft.warn("input '" + tensor + "': the file takes channels last, " + Arrays.toString(extents)
                    + "; the graph takes them first, as " + shape + ", so samples must have them first too");
        } else if (isChannelsLast) {
            draft.warn("input '" + tensor + "': the file takes channels last, " + Arrays.toString(extents)
                    + ", the graph first, as " + shape + "; with one channel samples are the same");
        }
        activations.put(tensor, read);
        return read;
    }

    private void giveOutput(List<ValueInfoProto> outputs) throws ImportException {
        Set<List<String>> sources = new HashSet<>();
        Activation last = null;
        for (ValueInfoProto output : outputs) {
            last = activations.get(output.getName());
            if (last == null) {
                throw new ImportException(file + ": output '" + output.getName()
                        + "' does not depend on the input, or no node gives it; the file is damaged, export it again");
            }
            sources.add(last.sources());
        }
        if (sources.size() != 1) {
            throw new ImportException(
                    file + ": has " + sources.size() + " outputs; a network here has one, so export it with one");
        }
        if (last.isPadded() || !last.isScore() && last.graphIndices() != null) {
            throw new ImportException(file + ": gives its output " + last.text()
                    + " padded or in another order than channels first; export it without what is behind the"
                    + " last layer");
        }
        Shape shape = last.shape();
        int[] extents = shape.area() == 1
                ? new int[] {shape.channels()}
                : new int[] {shape.channels(), shape.height(), shape.width()};
        String name = outputs.getLast().getName();
        draft.add(draft.nodes().containsKey(name) ? "output" : name, new Node.Output(extents), last);
    }

    GraphDraft draft() {
        return draft;
    }

    String file() {
        return file;
    }

    boolean isActivation(String tensor) {
        return activations.containsKey(tensor);
    }

    /** What an input stands for, where zeros around it are as good as part of it. */
    Activation padded(OnnxNode node, int input) throws ImportException {
        Activation found = activations.get(node.input(input));
        if (found == null) {
            boolean isConstant = constant(node.input(input)).isPresent();
            throw node.fault(
                    "input " + input,
                    isConstant
                            ? "is a constant; it must come from the network's input"
                            : "'" + node.input(input) + "' is given by no node before it; the file is damaged, export"
                                    + " it again");
        }
        return found;
    }

    /** What an input stands for; zeros that a Pad node put around it are refused. */
    Activation activation(OnnxNode node, int input) throws ImportException {
        Activation found = padded(node, input);
        if (found.isPadded()) {
            throw node.fault(
                    "input " + input,
                    "comes from a Pad node; padding is merged into a Conv or pool, put it before one");
        }
        return found;
    }

    /** The numbers that a name stands for, where it stands for any. */
    Optional<Constant> constant(String tensor) throws ImportException {
        Constant known = constants.get(tensor);
        if (known == null && initialisers.containsKey(tensor)) {
            known = TensorReader.read(file, initialisers.get(tensor));
            constants.put(tensor, known);
        }
        return Optional.ofNullable(known);
    }

    /** The numbers of an input that must be some. */
    Constant constant(OnnxNode node, int input) throws ImportException {
        String tensor = node.input(input);
        Optional<Constant> known = constant(tensor);
        if (known.isEmpty()) {
            throw node.fault(
                    "input " + input,
                    isActivation(tensor)
                            ? "'" + tensor + "' depends on the network's input; only constants are supported there"
                            : "'" + tensor + "' is given by no node before it; the file is damaged, export it again");
        }
        return known.get();
    }

    /** Takes numbers that a node is about to compute from constants off what a file may ask for. */
    void spend(OnnxNode node, long numbers) throws ImportException {
        computed += numbers;
        if (computed > MOST_COMPUTED) {
            throw node.fault("computes more than " + MOST_COMPUTED + " numbers from constants, with those before it;"
                    + " export the model with constant folding");
        }
    }

    /** The one number of an input. */
    float number(OnnxNode node, int input) throws ImportException {
        Constant constant = constant(node, input);
        if (constant.size() != 1) {
            throw node.fault("input " + input, "has shape " + constant.extents() + "; it must be one number");
        }
        return constant.floats()[0];
    }

    /** The numbers of an input that may be left out. */
    Optional<Constant> optional(OnnxNode node, int input) throws ImportException {
        return node.hasInput(input) ? Optional.of(constant(node, input)) : Optional.empty();
    }

    /** Whether the codes of a zero point are signed; left out they are not. */
    boolean isSigned(OnnxNode node, int input) throws ImportException {
        if (!node.hasInput(input)) {
            return node.integer("output_dtype", 0) == INT8;
        }
        TensorProto stored = initialisers.get(node.input(input));
        int type = stored != null ? stored.getDataType() : constantTypes.getOrDefault(node.input(input), 0);
        if (type != UINT8 && type != INT8) {
            throw node.fault("zero_point", "is of data type " + type + "; activations of 8 bits are supported");
        }
        return type == INT8;
    }

    void give(OnnxNode node, Activation activation) throws ImportException {
        if (activation.rank() > MAX_RANK) {
            throw node.fault("gives " + activation.rank() + " dimensions; at most " + MAX_RANK + " are supported");
        }
        activations.put(node.outputs().getFirst(), activation);
    }

    void give(OnnxNode node, Constant constant) throws ImportException {
        if (node.kind().equals("Constant") && node.has("value")) {
            constantTypes.put(node.outputs().getFirst(), node.tensor("value").getDataType());
        }
        constants.put(node.outputs().getFirst(), constant);
    }

    /**
     * The graph's input taken for what this node wants to read, while nothing has read it: a file may give it another
     * shape first.
     */
    Optional<Activation> retaken(OnnxNode node, Activation read) {
        if (!draft.isUnreadInput(read.sources()) || !read.isInGraphOrder() || read.rank() < 2 || read.rank() > 4) {
            return Optional.empty();
        }
        return Optional.of(place(node.inputs().getFirst(), read.sources().getFirst(), read.extents()));
    }

    /** Adds a node behind an activation and gives the plain layout of what it makes. */
    Activation layer(OnnxNode node, Node made, Activation read, Shape shape, int rank, ValueRange range)
            throws ImportException {
        return Activation.of(draft.add(node.name(), made, read), shape, rank, range);
    }

    /** A shape, or the sentence that it is too large. */
    static Shape shape(OnnxNode node, long channels, long height, long width) throws ImportException {
        try {
            return new Shape(Math.toIntExact(channels), Math.toIntExact(height), Math.toIntExact(width));
        } catch (IllegalArgumentException | ArithmeticException tooLarge) {
            throw node.fault("asks for " + channels + "x" + height + "x" + width + " values; a layer holds 1 to "
                    + Shape.MAX_SIZE);
        }
    }
}
