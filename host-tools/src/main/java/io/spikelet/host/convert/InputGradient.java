package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The derivative of what a conventional network gives by what it is given: backpropagation down to the input. */
final class InputGradient {
    private final Graph ann;
    private final FloatSimulator network;
    private final List<String> order;
    private final GraphShapes shapes;
    private final Map<String, float[]> gradients = new LinkedHashMap<>();

    private final Map<String, ConvolutionGradient> convolutions = new LinkedHashMap<>();

    /** @param network of the same graph, whose latest step is what is differentiated */
    InputGradient(Graph ann, FloatSimulator network) {
        this.ann = ann;
        this.network = network;
        GraphOrder sorted = GraphOrder.of(ann);
        order = sorted.nodes().reversed();
        shapes = GraphShapes.of(ann, sorted);
        for (String name : sorted.nodes()) {
            gradients.put(name, new float[shapes.outputOf(name).size()]);
            if (ann.node(name) instanceof Node.Conv2d conv) {
                convolutions.put(name, new ConvolutionGradient(conv, shapes.inputOf(name), shapes.outputOf(name)));
            }
        }
    }

    /**
     * Goes back from the output.
     *
     * @param byOutput the loss by each output
     * @return the loss by each input value; overwritten by the next call
     */
    float[] of(float[] byOutput) {
        gradients.values().forEach(values -> Arrays.fill(values, 0));
        float[] input = null;
        for (String name : order) {
            Node node = ann.node(name);
            if (node instanceof Node.Output) {
                System.arraycopy(byOutput, 0, gradients.get(name), 0, byOutput.length);
            }
            if (node instanceof Node.Input) {
                input = gradients.get(name);
            }
            for (String source : ann.sourcesOf(name)) {
                pass(name, node, network.output(source), gradients.get(name), gradients.get(source));
            }
        }
        return input;
    }

    private void pass(String name, Node node, float[] arrived, float[] by, float[] into) {
        switch (node) {
            case Node.Output _, Node.Flatten _ -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] += by[i];
                }
            }
            case Node.Relu relu -> {
                float[] given = network.output(name);
                for (int i = 0; i < into.length; i++) {
                    into[i] += given[i] > 0 && given[i] < relu.ceiling() ? by[i] : 0;
                }
            }
            case Node.Affine affine -> {
                float[] weight = affine.weight().values();
                for (int o = 0; o < by.length; o++) {
                    for (int i = 0; i < into.length; i++) {
                        into[i] += by[o] * weight[o * into.length + i];
                    }
                }
            }
            case Node.Conv2d _ -> convolutions.get(name).add(by, into);
            case Node.Pool2d pool -> pool(pool, name, arrived, by, into);
            default -> throw new IllegalArgumentException("no conventional network has a node like '" + name + "'");
        }
    }

    /** A maximum passes on to the first of its largest inputs, a sum to all. */
    private void pool(Node.Pool2d pool, String name, float[] arrived, float[] by, float[] into) {
        Shape in = shapes.inputOf(name);
        Shape out = shapes.outputOf(name);
        float[] given = network.output(name);
        for (int o = 0; o < by.length; o++) {
            int channel = o / out.area() * in.area();
            int top = o % out.area() / out.width() * pool.stride()[0] - pool.padding()[0];
            int left = o % out.width() * pool.stride()[1] - pool.padding()[1];
            boolean found = false;
            for (int y = Math.max(0, top); y < Math.min(in.height(), top + pool.kernelSize()[0]); y++) {
                for (int x = Math.max(0, left); x < Math.min(in.width(), left + pool.kernelSize()[1]); x++) {
                    int i = channel + y * in.width() + x;
                    if (!pool.isMaximum()) {
                        into[i] += by[o] * pool.factor();
                    } else if (!found && arrived[i] == given[o]) {
                        into[i] += by[o];
                        found = true;
                    }
                }
            }
        }
    }
}
