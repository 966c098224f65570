package io.spikelet.host.lava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden values: the trace that Lava's fixed-point LIF gave for the neuron of {@code lif_norse.nir}, published with the
 * NIR paper. Its integers are a weight of 10, a decay of ⌊4096 · 0.04⌋ and a threshold of 25; each line is the input,
 * the membrane one step later and the spike one step later.
 */
class FixedPointTraceTest {
    @Test
    void shouldGiveEverySpikeAndEveryMembraneBelowTheThreshold() throws Exception {
        List<String> trace = Files.readAllLines(SharedFolder.file("models/lif-traces/lif_lava_loihi_fixed.csv"));
        SpikingNetwork network = network(trace.size());
        byte[] sample = new byte[trace.size()];
        for (int t = 0; t < sample.length; t++) {
            sample[t] = (byte) (trace.get(t).startsWith("1,") ? 1 : 0);
        }
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        List<Integer> spikeTimes = new ArrayList<>();
        for (int t = 0; t < sample.length; t++) {
            classifier.advance(sample, 0, t, inference);
            int spike = classifier.engine().values(3)[0];
            assertEquals(Double.parseDouble(trace.get(t).split(",")[2]), spike, "spike at step " + t);
            if (spike == 1) {
                spikeTimes.add(t);
            }
            boolean fired = classifier.engine().values(2)[0] == 1;
            if (t + 1 < sample.length && !fired) {
                assertEquals(
                        Integer.parseInt(trace.get(t + 1).split(",")[1]),
                        classifier.engine().membrane(2)[0],
                        "membrane at step " + t);
            }
        }
        assertEquals(List.of(461, 511, 711, 761), spikeTimes);
    }

    private static SpikingNetwork network(int steps) throws Exception {
        Shape one = Shape.vector(1);
        int[] nothing = {0};
        CubaNeuron neuron = new CubaNeuron(new int[] {4096}, new int[] {163}, new int[] {25}, nothing);
        LavaBlock block = new LavaBlock.Weighted(
                "layer/0", one, new LavaSynapse.Dense(1, 1, new int[] {10}), neuron, new int[] {1});
        LavaNet net = new LavaNet("trace", "", one, List.of(block));
        return LavaNetwork.of(net, new LavaRun("trace", steps, Encoder.FRAMES, 0, 0))
                .network();
    }
}
