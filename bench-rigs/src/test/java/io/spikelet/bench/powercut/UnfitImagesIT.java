package io.spikelet.bench.powercut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.hal.file.FileStore;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SelfTest;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.Slots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real board process and images that pass every check and hang it, or ask for more memory than it has. */
class UnfitImagesIT {
    private static final Path HOME = Path.of(System.getProperty("spikelet.home"));
    private static final int AMPLE = 1 << 23;
    private static final int MOST_STEPS = 4096;

    /** 2^−7. Logarithms have no fast kernel, so eight billion of them take seconds on any machine. */
    private static final byte LEAST_LOGARITHM = 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final ImageKey.Private key = ImageKey.Private.generate();

    @BeforeEach
    void provision() throws Exception {
        Path trusted = folder.resolve("board.pub.pem");
        key.publicKey().write(trusted);
        BoardProcess.provision(HOME, folder.resolve("data"), "unfit", trusted);
        stage(image(network(1, 4, 4, WeightKind.INT8), 1), true);
        try (KilledBoard board = KilledBoard.start(HOME, folder, List.of())) {
            assertTrue(board.client().status().serving());
        }
    }

    /** As an upload and a request of a host leave them. */
    private void stage(ModelImage image, boolean permanent) throws Exception {
        var verifier = new SignedImageVerifier(List.of(key.publicKey()), false);
        try (FileStore store = FileStore.open(folder.resolve("data/store"))) {
            Slots slots = Slots.open(store, verifier);
            slots.begin(image.size(), "");
            slots.append(0, image.bytes());
            slots.stage(HexFormat.of().formatHex(image.digest()), permanent);
        }
    }

    private ModelImage image(SpikingNetwork network, int version) {
        return ModelImage.unsigned(NetworkCodec.encode(network), new Version(version, 0, 0, 0))
                .sign(key);
    }

    /** Inputs that all fire at every step, and as many neurons for each of them. */
    private static SpikingNetwork network(int steps, int side, int outputs, WeightKind kind) {
        Shape input = new Shape(1, side, side);
        var pass =
                new Operation.Conv2d(1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, WeightKind.INT8, new byte[] {1}, new float[] {1});
        byte[] weights = new byte[outputs * input.size()];
        Arrays.fill(weights, kind == WeightKind.LOG2 ? LEAST_LOGARITHM : 1);
        var dense = new Operation.Dense(outputs, input.size(), kind, weights, new float[outputs]);
        return new SpikingNetwork(
                "unfit",
                steps,
                Encoder.DIRECT,
                new Readout(2, outputs / 2),
                List.of(
                        new Layer("in", List.of(), input, EdgeDomain.unsigned(1), new Operation.Input()),
                        new Layer("pass", from(0), input, EdgeDomain.signed(AMPLE), pass),
                        new Layer("fire", from(1), input, EdgeDomain.SPIKE, neurons(1)),
                        new Layer("dense", from(2), Shape.vector(outputs), EdgeDomain.signed(AMPLE), dense),
                        new Layer("out", from(3), Shape.vector(outputs), EdgeDomain.SPIKE, neurons(AMPLE))),
                new Discretisation("none", 1),
                Optional.empty(),
                1,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    private static List<Inbound> from(int layer) {
        return List.of(Inbound.from(layer));
    }

    /** Half of the membrane leaks away at each step, so its bound holds for any number of steps. */
    private static Operation neurons(int threshold) {
        int[] zero = {0};
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {Q15.ONE / 2},
                zero,
                zero,
                zero,
                new int[] {threshold},
                List.of(new Operation.Drive(new int[] {1}, zero, true)),
                new float[] {1},
                Integer.MAX_VALUE);
    }

    private BoardStatus afterTheNextStart() throws IOException {
        try (KilledBoard board = KilledBoard.start(HOME, folder, List.of())) {
            return board.client().status();
        }
    }

    @Test
    void shouldEndTheProcessThatHangsInASelfTestAndRevertAtTheNextStart() throws Exception {
        SpikingNetwork slow = network(MOST_STEPS, 45, 1000, WeightKind.LOG2);
        byte[] sample = new byte[slow.sampleBytes()];
        Arrays.fill(sample, (byte) 1);
        SelfTest test = new SelfTest(sample, new byte[MOST_STEPS * 1000 / 8], new int[2], 1);
        stage(image(slow.withSelfTests(List.of(test, test, test, test)), 2), false);
        assertThrows(IOException.class, () -> KilledBoard.start(HOME, folder, List.of("--trial-limit", "1")));
        BoardStatus status = afterTheNextStart();
        assertTrue(status.serving());
        assertEquals(1, status.timeSteps(), "the former image");
        String told = status.lastStart();
        assertTrue(
                told.startsWith(
                        "the self-test of 2.0.0+0 took longer than 1.0 s; 2.0.0+0 was reverted: the board ended"),
                told);
    }

    /** 64 MB of heap, and maps of 4 million values. */
    @Test
    void shouldRefuseWhatNeedsMoreMemoryThanTheBoardHas() throws Exception {
        stage(image(network(1, 2000, 2, WeightKind.INT8), 2), true);
        BoardStatus status = afterTheNextStart();
        assertTrue(status.serving(), status.lastStart());
        assertTrue(status.lastStart().contains("2.0.0+0"), status.lastStart());
        assertTrue(
                status.lastStart().contains("memory") || status.lastStart().contains("OutOfMemory"),
                status.lastStart());
        assertTrue(Files.readString(folder.resolve("board.log")).contains("1.0.0+0 is active"));
    }
}
