package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small conventional networks with random weights, node by node. */
final class RandomAnn {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Graph.Edge> edges = new ArrayList<>();
    private final Random random;
    private String last = "input";

    RandomAnn(long seed, int... inputShape) {
        random = new Random(seed);
        nodes.put("input", new Node.Input(inputShape));
    }

    RandomAnn then(String name, Node node) {
        nodes.put(name, node);
        return edge(last, name).from(name);
    }

    RandomAnn conv(String name, int outputs, int inputs) {
        Tensor weight = Tensor.of(values(outputs * inputs * 9, 1.0 / Math.sqrt(9 * inputs)), outputs, inputs, 3, 3);
        Tensor bias = Tensor.of(values(outputs, 0.1), outputs);
        int[] one = {1, 1};
        return then(name, new Node.Conv2d(weight, bias, one, one, one, 1, null));
    }

    RandomAnn dense(String name, int outputs, int inputs) {
        Tensor weight = Tensor.of(values(outputs * inputs, 1.5 / Math.sqrt(inputs)), outputs, inputs);
        return then(name, new Node.Affine(weight, Tensor.of(values(outputs, 0.1), outputs)));
    }

    RandomAnn relu(String name) {
        return then(name, new Node.Relu(Float.POSITIVE_INFINITY));
    }

    RandomAnn maximum(String name, int kernel, int stride) {
        return then(name, new Node.MaxPool2d(new int[] {kernel, kernel}, new int[] {stride, stride}, new int[2]));
    }

    RandomAnn flatten() {
        return then("flatten", new Node.Flatten(0, 2));
    }

    RandomAnn edge(String from, String to) {
        edges.add(new Graph.Edge(from, to));
        return this;
    }

    RandomAnn from(String name) {
        last = name;
        return this;
    }

    Graph graph(int outputs) {
        then("output", new Node.Output(new int[] {outputs}));
        return new Graph("random", nodes, edges, List.of(), "");
    }

    private float[] values(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** Images of 0..1, by a seed of their own. */
    static List<float[]> images(int count, int size, long seed) {
        Random random = new Random(seed);
        List<float[]> images = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] image = new float[size];
            for (int i = 0; i < size; i++) {
                image[i] = random.nextInt(256) / 255f;
            }
            images.add(image);
        }
        return images;
    }
}
