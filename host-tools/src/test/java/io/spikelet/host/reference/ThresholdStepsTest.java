package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.OrPools;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thresholds, average pools, the OR that they make, and soft reset; all values computed by hand (D7 to D9). */
class ThresholdStepsTest {
    private static final Node PAIR = new Node.SumPool2d(new int[] {1, 2}, new int[] {1, 2}, new int[] {0, 0});
    private static final Node MEAN = new Node.AvgPool2d(new int[] {1, 2}, new int[] {1, 2}, new int[] {0, 0});

    @Test
    void shouldFireStrictlyAboveTheThresholdAndKeepNothing() {
        FloatSimulator simulator = simulator(chain(new int[] {2, 1, 2}, threshold(0.5f)), Profile.SNNTORCH);
        simulator.step(new float[] {0.5f, 0.75f, -1, 0.25f});
        assertArrayEquals(new float[] {0, 1, 0, 0}, simulator.output());
        simulator.step(new float[] {0.5f, 0.25f, -1, 0.625f});
        assertArrayEquals(new float[] {0, 0, 0, 1}, simulator.output());
        assertEquals(List.of("node0"), simulator.neurons());
    }

    @Test
    void shouldTakeAThresholdForAllForEachChannelOrForEachValue() {
        float[] input = {1, 2, 1, 2};
        assertArrayEquals(new float[] {0, 1, 0, 1}, once(new Node.Threshold(Tensor.of(new float[] {1}, 1)), input));
        assertArrayEquals(
                new float[] {0, 1, 1, 1}, once(new Node.Threshold(Tensor.of(new float[] {1, 0}, 2, 1, 1)), input));
        assertArrayEquals(
                new float[] {1, 0, 0, 1},
                once(new Node.Threshold(Tensor.of(new float[] {0, 2, 1, 0}, 2, 1, 2)), input));
    }

    @Test
    void shouldRefuseAThresholdOfAnotherShape() {
        InvalidGraphException refused = assertThrows(
                InvalidGraphException.class,
                () -> once(new Node.Threshold(Tensor.of(new float[] {1, 0}, 1, 2, 1)), new float[4]));
        assertTrue(
                refused.getMessage().contains("node 'node0', field 'threshold': has shape [1, 2, 1] but 2x1x2 reaches"),
                refused.getMessage());
    }

    @Test
    void shouldAverageOverTheWholeWindowPaddingIncluded() {
        Node padded = new Node.AvgPool2d(new int[] {1, 2}, new int[] {1, 2}, new int[] {0, 1});
        FloatSimulator simulator = simulator(chain(new int[] {1, 1, 3}, padded), Profile.NORSE);
        simulator.step(new float[] {1, 2, 3});
        assertArrayEquals(new float[] {0.5f, 2.5f}, simulator.output());
    }

    @Test
    void shouldTakeASumPoolOfSpikesAndAThresholdBelowOneForAnOr() {
        Graph graph = chain(new int[] {1, 1, 4}, threshold(1), PAIR, threshold(0.5f));
        assertEquals(Set.of("node2"), OrPools.of(graph));
        assertEquals(Set.of("node2"), OrPools.of(chain(new int[] {1, 1, 4}, threshold(1), MEAN, threshold(0.25f))));

        FloatSimulator simulator = simulator(graph, Profile.SNNTORCH);
        simulator.step(new float[] {2, 2, 0, 1});
        assertArrayEquals(new float[] {1, 0}, simulator.output());
        assertEquals(List.of("node0"), simulator.neurons());
    }

    @Test
    void shouldNotTakeForAnOrWhatCountsSpikesOrReadsNoSpikes() {
        int[] shape = {1, 1, 4};
        assertEquals(Set.of(), OrPools.of(chain(shape, threshold(1), PAIR, threshold(1))));
        assertEquals(Set.of(), OrPools.of(chain(shape, threshold(1), PAIR, threshold(-0.5f))));
        assertEquals(Set.of(), OrPools.of(chain(shape, threshold(1), MEAN, threshold(0.5f))));
        assertEquals(Set.of(), OrPools.of(chain(shape, PAIR, threshold(0.5f))));
        assertEquals(Set.of(), OrPools.of(chain(shape, threshold(1), PAIR, PAIR, threshold(0.5f))));
    }

    @Test
    void shouldTakeTheThresholdOffTheMembraneAfterTheCompare() {
        // v ← v + 0.75: 0.75, 1.5 (fires, 0.5 stays), 1.25 (fires, 0.25), 1.0 (a tie), 1.75 (fires, 0.75).
        Node neuron = new Node.If(Tensor.scalar(10), Tensor.scalar(1), Tensor.scalar(0));
        float[] membranes = {0.75f, 0.5f, 0.25f, 1, 0.75f};
        float[] spikes = {0, 1, 1, 0, 1};
        FloatSimulator simulator = simulator(chain(new int[] {1}, neuron), Profile.SUBTRACT);
        for (int t = 0; t < spikes.length; t++) {
            simulator.step(new float[] {0.75f});
            assertEquals(spikes[t], simulator.output()[0], "step " + t);
            assertEquals(membranes[t], simulator.membrane("node0")[0], "step " + t);
        }
    }

    @Test
    void shouldLeakByEulerUnderSoftReset() {
        // v ← v/2 + x with x = 1: 1 (a tie), 1.5 (fires, 0.5 stays), 1.25 (fires, 0.25), 1.125 (fires, 0.125).
        Node neuron =
                new Node.Lif(Tensor.scalar(2), Tensor.scalar(2), Tensor.scalar(0), Tensor.scalar(1), Tensor.scalar(0));
        FloatSimulator simulator = FloatSimulator.of(chain(new int[] {1}, neuron), Profile.SUBTRACT, 1);
        float[] membranes = {1, 0.5f, 0.25f, 0.125f};
        for (float membrane : membranes) {
            simulator.step(new float[] {1});
            assertEquals(membrane, simulator.membrane("node0")[0]);
        }
    }

    private static Node threshold(float value) {
        return new Node.Threshold(Tensor.scalar(value));
    }

    private static float[] once(Node node, float[] input) {
        FloatSimulator simulator = simulator(chain(new int[] {2, 1, 2}, node), Profile.NORSE);
        simulator.step(input);
        return simulator.output();
    }

    private static FloatSimulator simulator(Graph graph, Profile profile) {
        return FloatSimulator.of(graph, profile, Profile.DEFAULT_DT);
    }

    /** {@code input → node0 → node1 … → flatten → output}. */
    private static Graph chain(int[] shape, Node... chained) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("input", new Node.Input(shape));
        for (int i = 0; i < chained.length; i++) {
            nodes.put("node" + i, chained[i]);
        }
        nodes.put("flatten", new Node.Flatten(0, -1));
        int size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        for (Node node : chained) {
            size = node instanceof Node.Pool2d pool ? pool.padding()[1] == 1 ? 2 : size / pool.stride()[1] : size;
        }
        nodes.put("output", new Node.Output(new int[] {size}));
        List<String> names = new ArrayList<>(nodes.keySet());
        List<Graph.Edge> edges = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            edges.add(new Graph.Edge(names.get(i - 1), names.get(i)));
        }
        return new Graph("test", nodes, edges, List.of(), "");
    }
}
