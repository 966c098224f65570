package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against the payloads that src/test/golden/make_golden_payload.py made from the words of model.proto. */
class GoldenPayloadTest {

    private static byte[] golden() throws Exception {
        return golden("golden_payload.hex");
    }

    private static byte[] golden(String name) throws Exception {
        String hex = Files.readString(Path.of("src/test/golden", name));
        return HexFormat.of().parseHex(hex.replace("\n", ""));
    }

    private static Layer dense(WeightKind kind, int... codes) {
        byte[] weights = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            weights[i] = (byte) codes[i];
        }
        return new Layer(
                kind.name().toLowerCase(java.util.Locale.ROOT),
                List.of(Inbound.from(0)),
                Shape.vector(1),
                EdgeDomain.signed(1 << 20),
                new Operation.Dense(1, codes.length, kind, weights, new float[] {0.5f}));
    }

    private static SpikingNetwork expected() {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("in", List.of(), Shape.vector(7), EdgeDomain.SPIKE, new Operation.Input()));
        layers.add(dense(WeightKind.INT8, -127, 127, 1, 0, -1, 64, -64));
        layers.add(dense(WeightKind.INT4, -7, 7, 1, 0, -1, 4, -4));
        layers.add(dense(WeightKind.TERNARY, 1, -1, 0, 0, 1, 1, -1));
        layers.add(dense(WeightKind.BINARY, 1, -1, -1, 1, 1, 1, -1));
        layers.add(dense(WeightKind.LOG2, 1, 0x1F, 0, 15, 0x11, 9, 2));
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {32768},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        List.of(new Operation.Drive(2, new int[] {3, -4}, new int[] {5, -6}, true)),
                        new float[] {0.25f},
                        1 << 30)
                .withOutput(Operation.Neuron.Output.POTENTIAL, 1)
                .withThreshold(2, new int[] {9, -9});
        layers.add(new Layer("out", List.of(Inbound.from(1)), Shape.vector(1), EdgeDomain.signed(1 << 29), neuron));
        return new SpikingNetwork(
                "golden",
                2,
                new Encoder.Bernoulli(255, -2),
                new Readout(Readout.Kind.POTENTIAL, 1, 1, new Readout.Exit(0, 7, 2)),
                layers,
                new Discretisation("norse", 0.001),
                Optional.empty(),
                0,
                new Provenance("", "", "python", 1.0, 0.5));
    }

    @Test
    void shouldReadWhatAnIndependentMakerWrote() throws Exception {
        SpikingNetwork network = NetworkCodec.decode(golden());
        assertEquals(RecordAlterations.describe(expected()), RecordAlterations.describe(network));
        NetworkCheck.verify(network);
    }

    private static SpikingNetwork calibrated() {
        int[] one = {32768};
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        one,
                        new int[] {0},
                        one,
                        new int[] {-10},
                        new int[] {10},
                        List.of(new Operation.Drive(new int[] {7}, new int[] {-1}, true)),
                        new float[] {0.5f},
                        1000)
                .withOutput(Operation.Neuron.Output.BURST, 5)
                .withCalibration(new SpikeCalibration(4, SpikeCalibration.Rule.PUBLISHED));
        return new SpikingNetwork(
                "calibrated",
                8,
                Encoder.DIRECT,
                new Readout(Readout.Kind.POTENTIAL, 1, 1, Readout.Exit.NEVER),
                List.of(
                        new Layer("in", List.of(), Shape.vector(1), EdgeDomain.SPIKE, new Operation.Input()),
                        new Layer("out", List.of(Inbound.from(0)), Shape.vector(1), EdgeDomain.signed(-1, 5), neuron)),
                new Discretisation("subtract", 0.001),
                Optional.empty(),
                0,
                new Provenance("", "", "python", 1.0, 0.5));
    }

    @Test
    void shouldReadAndWriteVersionFourAsTheIndependentMakerDoes() throws Exception {
        byte[] payload = golden("golden_payload_4.hex");
        SpikingNetwork network = NetworkCodec.decode(payload);
        assertEquals(RecordAlterations.describe(calibrated()), RecordAlterations.describe(network));
        NetworkCheck.verify(network);
        assertArrayEquals(payload, NetworkCodec.encode(calibrated()));
    }

    @Test
    void shouldWriteExactlyTheBytesOfAnIndependentMaker() throws Exception {
        assertArrayEquals(golden(), NetworkCodec.encode(expected()));
    }
}
