package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph as NIR files say it, with nothing left open: parameters in the shape of their neurons, convolutions with bias
 * and input shape.
 *
 * @param graph nodes that NIR has
 * @param arriving the extents that reach each node, as many as NIR counts: {@code [n]}, {@code [channels, length]} where
 *     the graph works on lines, {@code [channels, height, width]}
 * @param onLines whether convolutions are of one dimension
 */
record NirForm(Graph graph, Map<String, int[]> arriving, boolean onLines) {

    static NirForm of(Graph graph) {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        boolean onLines = worksOnLines(graph, shapes);
        Map<String, int[]> arriving = new LinkedHashMap<>();
        Map<String, int[]> leaving = new LinkedHashMap<>();
        for (String name : order.nodes()) {
            List<Graph.Edge> edges = order.presentEdgesInto(graph, name);
            int[] in = edges.isEmpty()
                    ? declared((Node.Input) graph.node(name), onLines)
                    : leaving.get(edges.getFirst().from());
            arriving.put(name, in);
            leaving.put(name, leaving(graph.node(name), in, shapes.outputOf(name), onLines));
        }
        Map<String, Node> nodes = new LinkedHashMap<>();
        graph.nodes().forEach((name, node) -> nodes.put(name, said(name, node, arriving.get(name), onLines)));
        return new NirForm(
                new Graph(graph.name(), nodes, graph.edges(), graph.warnings(), graph.digest()), arriving, onLines);
    }

    /** Two extents and convolutions that never leave the line: what the importer makes of Conv1d. */
    private static boolean worksOnLines(Graph graph, GraphShapes shapes) {
        boolean twoExtents = graph.nodes().values().stream()
                .anyMatch(node -> node instanceof Node.Input input && input.shape().length == 2);
        boolean convolves = graph.nodes().values().stream().anyMatch(Node.Conv2d.class::isInstance);
        boolean staysFlat = graph.nodes().entrySet().stream()
                .allMatch(entry -> shapes.outputOf(entry.getKey()).height() == 1
                        && !(entry.getValue() instanceof Node.Conv2d conv
                                && (conv.weight().shape()[2] != 1 || conv.padding()[0] != 0)));
        return twoExtents && convolves && staysFlat;
    }

    private static int[] declared(Node.Input input, boolean onLines) {
        int[] shape = input.shape();
        return shape.length == 2 && !onLines ? new int[] {shape[0], 1, shape[1]} : shape;
    }

    private static int[] leaving(Node node, int[] in, Shape out, boolean onLines) {
        return switch (node) {
            case Node.Affine _ -> new int[] {out.channels()};
            case Node.Conv2d _ -> plane(out, onLines);
            case Node.Pool2d _ -> plane(out, onLines);
            case Node.Flatten _ -> out.area() == 1 ? new int[] {out.channels()} : plane(out, onLines);
            default -> in;
        };
    }

    private static int[] plane(Shape shape, boolean onLines) {
        return onLines
                ? new int[] {shape.channels(), shape.width()}
                : new int[] {shape.channels(), shape.height(), shape.width()};
    }

    private static Node said(String name, Node node, int[] in, boolean onLines) {
        return switch (node) {
            case Node.Input _ -> new Node.Input(in);
            // Leading dimensions of 1 are taken for a batch by whoever reads them.
            case Node.Output _ -> new Node.Output(Arrays.stream(in).allMatch(n -> n == 1) ? new int[] {1} : in);
            case Node.Conv2d conv -> {
                if (conv.bias() != null && conv.bias().rank() != 1) {
                    throw new InvalidGraphException("node '" + name
                            + "', field 'bias': has a value for each neuron, since it took a line a channel before"
                            + " a padded convolution, and NIR has one for each channel; put the norm behind the"
                            + " convolution, or leave out the padding");
                }
                yield convolution(conv, in, onLines);
            }
            case Node.Flatten flatten -> flatten(flatten, in, onLines);
            case Node.Scale scale -> new Node.Scale(spread(scale.scale(), in));
            case Node.Delay delay -> new Node.Delay(spread(delay.delay(), in));
            case Node.Threshold fired -> new Node.Threshold(spread(fired.threshold(), in));
            case Node.I neuron -> new Node.I(spread(neuron.r(), in));
            case Node.Li neuron ->
                new Node.Li(spread(neuron.tau(), in), spread(neuron.r(), in), spread(neuron.leak(), in));
            case Node.CubaLi neuron ->
                new Node.CubaLi(
                        spread(neuron.tauSyn(), in),
                        spread(neuron.tauMem(), in),
                        spread(neuron.r(), in),
                        spread(neuron.leak(), in),
                        spread(neuron.wIn(), in));
            case Node.If neuron ->
                new Node.If(spread(neuron.r(), in), spread(neuron.threshold(), in), spread(neuron.reset(), in));
            case Node.Lif neuron ->
                new Node.Lif(
                        spread(neuron.tau(), in),
                        spread(neuron.r(), in),
                        spread(neuron.leak(), in),
                        spread(neuron.threshold(), in),
                        spread(neuron.reset(), in));
            case Node.CubaLif neuron ->
                new Node.CubaLif(
                        spread(neuron.tauSyn(), in),
                        spread(neuron.tauMem(), in),
                        spread(neuron.r(), in),
                        spread(neuron.leak(), in),
                        spread(neuron.wIn(), in),
                        spread(neuron.threshold(), in),
                        spread(neuron.reset(), in));
            default -> node;
        };
    }

    private static Tensor spread(Tensor tensor, int[] extents) {
        int size = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        return new Tensor(tensor.spread(size), extents);
    }

    private static Node convolution(Node.Conv2d conv, int[] in, boolean onLines) {
        int filters = conv.weight().shape()[0];
        // One value has no plane's extents of its own: it is a plane of one pixel.
        int[] space = {onLines || in.length < 3 ? 1 : in[1], in.length == 1 ? 1 : in[in.length - 1]};
        return new Node.Conv2d(
                conv.weight(),
                conv.bias() == null ? Tensor.of(new float[filters], filters) : conv.bias(),
                onLines ? new int[] {1, conv.stride()[1]} : conv.stride(),
                conv.padding(),
                onLines ? new int[] {1, conv.dilation()[1]} : conv.dilation(),
                conv.groups(),
                space);
    }

    /** Keeps the dimensions where they fit the extents, counted as NIR does; otherwise names all of them. */
    private static Node.Flatten flatten(Node.Flatten flatten, int[] in, boolean onLines) {
        int start = flatten.startDim() < 0 ? flatten.startDim() + 3 : flatten.startDim();
        int end = flatten.endDim() < 0 ? flatten.endDim() + 3 : flatten.endDim();
        int joined = 1;
        for (int d = 0; d < in.length; d++) {
            // A line's second dimension is a plane's third.
            int dimension = onLines && in.length == 2 ? 2 * d : d;
            joined *= dimension >= start && dimension <= end ? in[d] : 1;
        }
        boolean joinsAll = joined == Arrays.stream(in).reduce(1, (a, b) -> a * b);
        if (onLines) {
            int kept = start == 0 ? 0 : 2;
            return joinsAll ? new Node.Flatten(0, 2) : new Node.Flatten(kept, kept);
        }
        boolean fits = in.length == 3 && (!joinsAll || start == 0 && end == 2) || start == 0 && flatten.endDim() == -1;
        return fits ? flatten : new Node.Flatten(0, -1);
    }
}
