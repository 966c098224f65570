package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden values: torch's definition of convolution and pooling, written down as plain sums (docs/equations.md, D7). */
class LinearStepsTest {
    @Test
    void shouldConvolveByTheDefinitionForAnyStridePaddingDilationAndGroups() {
        Random random = new Random(11);
        for (int trial = 0; trial < 60; trial++) {
            int groups = 1 + random.nextInt(3);
            int inputs = 1 + random.nextInt(2);
            int filters = 1 + random.nextInt(2);
            int[] kernel = pair(random, 1, 3);
            Node.Conv2d conv = new Node.Conv2d(
                    new Tensor(
                            wholeNumbers(random, groups * filters * inputs * kernel[0] * kernel[1]),
                            new int[] {groups * filters, inputs, kernel[0], kernel[1]}),
                    Tensor.of(wholeNumbers(random, groups * filters), groups * filters),
                    pair(random, 1, 3),
                    pair(random, 0, 2),
                    pair(random, 1, 2),
                    groups,
                    null);
            int[] shape = {groups * inputs, 5 + random.nextInt(4), 5 + random.nextInt(4)};
            float[] input = wholeNumbers(random, shape[0] * shape[1] * shape[2]);
            float[] expected = convolved(conv, shape, input);
            assertArrayEquals(expected, run(conv, shape, input, expected.length), conv.toString());
        }
    }

    @Test
    void shouldPoolByTheDefinition() {
        Random random = new Random(12);
        for (int trial = 0; trial < 30; trial++) {
            int[] kernel = pair(random, 1, 3);
            int[] stride = pair(random, 1, 3);
            int[] padding = pair(random, 0, 1);
            int[] shape = {3, 4 + random.nextInt(4), 4 + random.nextInt(4)};
            float[] input = wholeNumbers(random, shape[0] * shape[1] * shape[2]);
            float[] ones = new float[3 * kernel[0] * kernel[1]];
            java.util.Arrays.fill(ones, 1);
            Node.Conv2d equal = new Node.Conv2d(
                    new Tensor(ones, new int[] {3, 1, kernel[0], kernel[1]}),
                    null,
                    stride,
                    padding,
                    new int[] {1, 1},
                    3,
                    null);
            Node.SumPool2d pool = new Node.SumPool2d(kernel, stride, padding);
            float[] expected = convolved(equal, shape, input);
            assertArrayEquals(expected, run(pool, shape, input, expected.length));
        }
    }

    @Test
    void shouldScaleTheInputOfAnIfNeuronAsTheProfileSays() {
        Node.If neuron = new Node.If(Tensor.scalar(3), Tensor.scalar(10), Tensor.scalar(0));
        assertEquals(0.5f * 3 * 2, membrane(neuron, Profile.SNNTORCH));
        assertEquals(2, membrane(neuron, Profile.NORSE));
    }

    private static float membrane(Node.If neuron, Profile profile) {
        FloatSimulator simulator = FloatSimulator.of(around(neuron, new int[] {1}, 1), profile, 0.5);
        simulator.step(new float[] {2});
        return simulator.membrane("node")[0];
    }

    private static float[] run(Node node, int[] shape, float[] input, int outputs) {
        FloatSimulator simulator = FloatSimulator.of(around(node, shape, outputs), Profile.NORSE, Profile.DEFAULT_DT);
        simulator.step(input);
        return simulator.output();
    }

    /** {@code input → node → flatten → output}. */
    private static Graph around(Node node, int[] shape, int outputs) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("input", new Node.Input(shape));
        nodes.put("node", node);
        nodes.put("flatten", new Node.Flatten(0, -1));
        nodes.put("output", new Node.Output(new int[] {outputs}));
        List<Graph.Edge> edges = List.of(
                new Graph.Edge("input", "node"),
                new Graph.Edge("node", "flatten"),
                new Graph.Edge("flatten", "output"));
        return new Graph("test", nodes, edges, List.of(), "");
    }

    private static float[] convolved(Node.Conv2d conv, int[] in, float[] input) {
        int[] w = conv.weight().shape();
        int rows = extent(in[1], w[2], conv.stride()[0], conv.padding()[0], conv.dilation()[0]);
        int columns = extent(in[2], w[3], conv.stride()[1], conv.padding()[1], conv.dilation()[1]);
        float[] output = new float[w[0] * rows * columns];
        for (int o = 0; o < output.length; o++) {
            int filter = o / (rows * columns);
            int top = o / columns % rows * conv.stride()[0] - conv.padding()[0];
            int left = o % columns * conv.stride()[1] - conv.padding()[1];
            int firstChannel = filter / (w[0] / conv.groups()) * w[1];
            float sum = conv.bias() == null ? 0 : conv.bias().at(filter);
            for (int k = 0; k < w[1] * w[2] * w[3]; k++) {
                int y = top + k / w[3] % w[2] * conv.dilation()[0];
                int x = left + k % w[3] * conv.dilation()[1];
                if (y >= 0 && y < in[1] && x >= 0 && x < in[2]) {
                    int channel = firstChannel + k / (w[2] * w[3]);
                    sum += conv.weight().values()[filter * w[1] * w[2] * w[3] + k]
                            * input[(channel * in[1] + y) * in[2] + x];
                }
            }
            output[o] = sum;
        }
        return output;
    }

    private static int extent(int size, int kernel, int stride, int padding, int dilation) {
        return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    private static int[] pair(Random random, int least, int most) {
        return new int[] {least + random.nextInt(most - least + 1), least + random.nextInt(most - least + 1)};
    }

    /** Whole numbers, so that sums are exact in any order. */
    private static float[] wholeNumbers(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(9) - 4;
        }
        return values;
    }
}
