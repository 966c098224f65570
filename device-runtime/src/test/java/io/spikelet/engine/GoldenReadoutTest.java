package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoldenReadoutTest {

    @Test
    void shouldPredictScoreAndEndAsNumPyDoes() {
        for (GoldenCase golden : GoldenCase.read("readouts")) {
            int[] outputs = golden.ints("out");
            int size = golden.number("classes") * golden.number("population");
            Inference inference = Inference.forNetwork(network(golden));
            inference.clear();
            boolean ended = false;
            for (int t = 0; t < outputs.length / size; t++) {
                ended = inference.collect(t, Arrays.copyOfRange(outputs, t * size, (t + 1) * size), t, 2L * t);
            }
            inference.conclude();
            int run = golden.number("run");
            assertEquals(true, ended, golden.name());
            assertEquals(golden.number("predicted"), inference.predicted(), golden.name());
            assertEquals(run, inference.steps(), golden.name());
            assertEquals(run - 1, inference.spikes(), golden.name());
            assertEquals(2 * (run - 1), inference.synapticOperations(), golden.name());
            if (golden.has("scores")) {
                assertArrayEquals(golden.ints("scores"), inference.scores(), golden.name());
            }
            assertMarked(golden, inference, outputs, run * size);
        }
    }

    private static void assertMarked(GoldenCase golden, Inference inference, int[] outputs, int runValues) {
        byte[] marked = inference.outputSpikes();
        if (golden.word("domain").equals("signed")) {
            assertEquals(0, marked.length);
            return;
        }
        int silence = golden.number("window");
        for (int i = 0; i < outputs.length; i++) {
            int bit = marked[i >> 3] >> 7 - (i & 7) & 1;
            assertEquals(i < runValues && outputs[i] != silence ? 1 : 0, bit, golden + " value " + i);
        }
    }

    private static SpikingNetwork network(GoldenCase golden) {
        int size = golden.number("classes") * golden.number("population");
        int[] exit = golden.ints("exit");
        EdgeDomain domain = switch (golden.word("domain")) {
            case "bit" -> EdgeDomain.SPIKE;
            case "unsigned" -> EdgeDomain.unsigned(5);
            case "signed" -> EdgeDomain.signed(4000);
            default -> EdgeDomain.time(golden.number("window"));
        };
        return new SpikingNetwork(
                "readout",
                golden.number("steps"),
                Encoder.DIRECT,
                new Readout(
                        Readout.Kind.valueOf(golden.word("kind")),
                        golden.number("classes"),
                        golden.number("population"),
                        new Readout.Exit(exit[0], exit[1], exit[2])),
                List.of(new Layer("output", List.of(), Shape.vector(size), domain, new Operation.Input())),
                new Discretisation("snntorch", 1e-4),
                Optional.empty(),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }
}
