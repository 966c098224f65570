package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The update rules of published systems, simulated as they are published by bench-rigs/golden/rules.py, against the one
 * neuron in this engine's own form of them.
 */
class GoldenRulesTest {
    private static final int ONE = 1 << 15;

    /** The two branches, the threshold and the comparison that stand for a published rule. */
    private record Branches(int[] a0, int[] b0, int[] a1, int[] b1, int[] threshold, boolean strict) {}

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "SWAR", "VECTOR"})
    void shouldFireAsEveryPublishedRuleFires(Kernels kernels) throws Exception {
        Map<String, GoldenCase> cases =
                GoldenCase.read("rules").stream().collect(Collectors.toMap(GoldenCase::name, Function.identity()));
        assertEquals(10, cases.size());
        for (GoldenCase golden : cases.values()) {
            assertTrue(golden.number("count") >= 100_000, golden + " fires too seldom to prove anything");
            assertEquals(0, differences(golden, branches(golden), true, kernels), golden.name());
        }
    }

    @Test
    void shouldFireOtherwiseWhenEveryStepUsesTheFirstStepsParameters() throws Exception {
        for (GoldenCase golden : GoldenCase.read("rules")) {
            if (golden.ints("gain").length > golden.ints("extent")[0]) {
                long differences = differences(golden, branches(golden), false, Kernels.REFERENCE);
                assertTrue(differences > golden.number("count") / 20, golden + " differs in " + differences);
            }
        }
    }

    @Test
    void shouldForgetToZeroWithoutInput() throws Exception {
        for (GoldenCase golden : GoldenCase.read("rules")) {
            Branches rule = branches(golden);
            int[] silent = new int[rule.a0.length];
            if (Arrays.stream(rule.a0).anyMatch(a -> a == ONE)) {
                continue;
            }
            Branches decaying = new Branches(rule.a0, silent, rule.a1, silent, new int[] {1 << 30}, true);
            SpikingNetwork network = network(golden, decaying, new int[] {1000}, new int[] {0});
            Engine engine = Engine.load(network);
            byte[] frame = new byte[network.input().shape().size()];
            Arrays.fill(frame, (byte) 200);
            engine.step(frame, 0);
            assertTrue(Arrays.stream(engine.membrane(2)).allMatch(u -> u == 200_000));
            byte[] nothing = new byte[frame.length];
            for (int t = 0; t < 10_000; t++) {
                engine.step(nothing, 0);
            }
            assertTrue(Arrays.stream(engine.membrane(2)).allMatch(u -> u == 0), golden.name());
        }
    }

    private static Branches branches(GoldenCase golden) {
        int[] theta = golden.ints("theta");
        return switch (golden.name()) {
            case "bntt", "s-resnet", "private" -> soft(golden.number("leak"), theta, true);
            case "ottt" -> soft(golden.number("leak"), theta, false);
            case "stl", "if-reaching" -> hard(golden.ints("leak"), theta, false);
            case "ms-resnet", "if-strict" -> hard(golden.ints("leak"), theta, true);
            case "plif" -> hard(map(golden.ints("k"), k -> (256 - k) * 128), theta, false);
            case "glif" -> glif(golden, theta);
            default -> throw new IllegalArgumentException(golden.name());
        };
    }

    private static Branches soft(int leak, int[] theta, boolean strict) {
        int[] a = {leak};
        return new Branches(a, new int[1], a, map(theta, v -> (int) -((long) leak * v >> 15)), theta, strict);
    }

    private static Branches hard(int[] leak, int[] theta, boolean strict) {
        return new Branches(leak, new int[1], new int[1], new int[1], theta, strict);
    }

    private static Branches glif(GoldenCase golden, int[] theta) {
        int[] a = golden.ints("a");
        int[] gamma = golden.ints("gamma");
        int[] leak = golden.ints("linearLeak");
        int[] reset = golden.ints("softReset");
        int[] channels = IntStream.range(0, a.length).toArray();
        return new Branches(
                map(a, v -> v * 64),
                map(leak, v -> -v),
                map(channels, c -> a[c] * (64 - gamma[c])),
                map(channels, c -> -leak[c] - reset[c]),
                theta,
                true);
    }

    private static int[] map(int[] values, IntUnaryOperator change) {
        return Arrays.stream(values).map(change).toArray();
    }

    /** The neurons read the frame through an identity, since fast kernels make neurons together with a weighted layer. */
    private static SpikingNetwork network(GoldenCase golden, Branches rule, int[] gain, int[] bias) {
        int[] extent = golden.ints("extent");
        Shape shape = new Shape(extent[0], 1, extent[1]);
        int rows = gain.length > extent[0] ? extent[2] : 1;
        NetworkSketch sketch = new NetworkSketch(extent[2], Encoder.FRAMES, shape, EdgeDomain.unsigned(255));
        Operation.Neuron neuron = new Operation.Neuron(
                rule.strict ? Operation.Comparison.STRICTLY_ABOVE : Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                rule.a0,
                rule.b0,
                rule.a1,
                rule.b1,
                rule.threshold,
                List.of(new Operation.Drive(rows, gain, bias, true)),
                new float[] {1},
                0);
        byte[] diagonal = new byte[extent[0] * extent[0]];
        for (int c = 0; c < extent[0]; c++) {
            diagonal[c * extent[0] + c] = 1;
        }
        sketch.add(
                "identity",
                new Operation.Conv2d(extent[0], extent[0], 1, 1, 1, 1, 0, 0, 1, 1, 1, diagonal, new float[extent[0]]),
                shape,
                0);
        sketch.add("neurons", neuron, shape, 1);
        return sketch.network(new Readout(shape.size(), 1));
    }

    private static int[] drive(GoldenCase golden, String key, boolean tables) {
        int[] values = tables ? golden.ints(key) : Arrays.copyOf(golden.ints(key), golden.ints("extent")[0]);
        if (!golden.name().equals("plif")) {
            return values;
        }
        int[] k = golden.ints("k");
        return map(IntStream.range(0, k.length).toArray(), c -> k[c] * values[c]);
    }

    /** Spikes that differ from the published rule's, or from those it would give if step 0's parameters held on. */
    private static long differences(GoldenCase golden, Branches rule, boolean tables, Kernels kernels)
            throws Exception {
        int[] extent = golden.ints("extent");
        int[] gain = drive(golden, "gain", tables);
        int[] bias = drive(golden, "bias", tables);
        Engine engine = Engine.load(network(golden, rule, gain, bias), kernels);
        boolean onMembranes = engine.loops().stream().anyMatch(loop -> loop.endsWith("membranes"));
        assertEquals(kernels != Kernels.REFERENCE, onMembranes, golden.name());
        SeededRandom random = new SeededRandom(golden.number("seed"));
        byte[] expected = Base64.getDecoder().decode(golden.word("spikes"));
        byte[] frame = new byte[extent[0] * extent[1]];
        long differences = 0;
        int bit = 0;
        for (int sample = 0; sample < extent[3]; sample++) {
            engine.reset();
            for (int t = 0; t < extent[2]; t++) {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (byte) random.next(8);
                }
                engine.step(frame, 0);
                for (int fired : engine.values(2)) {
                    differences += fired ^ expected[bit >> 3] >> 7 - (bit & 7) & 1;
                    bit++;
                }
            }
        }
        return differences;
    }
}
