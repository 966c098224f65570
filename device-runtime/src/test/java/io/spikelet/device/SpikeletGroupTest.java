package io.spikelet.device;

import static io.spikelet.device.SmpProbe.groupError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Our group as its clients see it. */
class SpikeletGroupTest {
    private static final byte[] SAMPLES = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
    private static final byte[] LABELS = {0, 1};

    private final SimStore store = new SimStore();

    private TestBoard serving() throws Exception {
        TestBoard.install(store, TestNetworks.image("1.2.3", 4, TestBoard.KEY));
        return TestBoard.start(store);
    }

    private static Map<String, Object> learn(TestBoard board, long at) throws Exception {
        return board.client.write(64, 1, Map.of("x", SAMPLES, "y", LABELS, "at", at));
    }

    private static Object status(TestBoard board, String key) throws Exception {
        return board.client.read(64, 4, Map.of()).get(key);
    }

    private String learnedFile() throws Exception {
        return store.list().stream()
                .filter(name -> name.startsWith(LearnedState.PREFIX))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAnswerAsTheEngineDoes() throws Exception {
        TestBoard board = serving();
        Map<String, Object> answer = board.client.write(64, 0, Map.of("x", SAMPLES, "y", LABELS));
        assertEquals(Set.of("class", "scores", "spk", "spikes", "synops", "ns"), answer.keySet());
        SpikingNetwork network = TestNetworks.network(4, true);
        Classifier classifier = Classifier.load(network);
        Inference expected = Inference.forNetwork(network);
        int spikeBytes = expected.outputSpikes().length;
        List<?> scores = (List<?>) answer.get("scores");
        for (int i = 0; i < 2; i++) {
            classifier.infer(SAMPLES, i * TestNetworks.INPUTS, expected);
            assertEquals(expected.predicted(), ((byte[]) answer.get("class"))[i]);
            assertEquals((long) expected.scores()[0], scores.get(2 * i));
            assertEquals((long) expected.scores()[1], scores.get(2 * i + 1));
            assertArrayEquals(
                    expected.outputSpikes(),
                    Arrays.copyOfRange((byte[]) answer.get("spk"), i * spikeBytes, (i + 1) * spikeBytes));
            assertEquals(expected.spikes(), ((List<?>) answer.get("spikes")).get(i));
            assertEquals(expected.synapticOperations(), ((List<?>) answer.get("synops")).get(i));
        }
        assertEquals(2, board.window.inferences());
        assertTrue(board.window.accuracy().isPresent());
        assertEquals(0.5, board.window.meanMicrojoules().orElseThrow());
    }

    @Test
    void shouldTellWhatItServes() throws Exception {
        TestBoard board = serving();
        board.client.write(64, 0, Map.of("x", SAMPLES));
        Map<String, Object> status = board.client.read(64, 4, Map.of());
        assertEquals("pi-1", status.get("name"));
        assertEquals("serving", status.get("state"));
        assertEquals("tiny", status.get("model"));
        assertArrayEquals(TestNetworks.image("1.2.3", 4, TestBoard.KEY).digest(), (byte[]) status.get("hash"));
        assertEquals(4L, status.get("counter"));
        assertEquals(4L, status.get("steps"));
        assertEquals(6L, status.get("input"));
        assertEquals(2L, status.get("classes"));
        assertEquals(2L, status.get("inferences"));
        assertEquals("no thermal zone can be read", status.get("tempsrc"));
        assertEquals("a counting meter", status.get("energysrc"));
        assertFalse(status.containsKey("temp"));
    }

    @Test
    void shouldServeManagementWithoutAModel() throws Exception {
        TestBoard board = TestBoard.start(store);
        assertEquals("empty", status(board, "state"));
        assertEquals(3, groupError(board.client.write(64, 0, Map.of("x", SAMPLES))));
        assertEquals(3, groupError(learn(board, 0)));
        assertEquals(3, groupError(board.client.read(64, 3, Map.of("off", 0))));
    }

    @Test
    void shouldKeepWhatItLearnedAcrossAStart() throws Exception {
        TestBoard board = serving();
        assertEquals(2L, learn(board, 0).get("n"));
        assertEquals(4L, learn(board, 2).get("n"));
        byte[] model = pull(board);
        TestBoard again = TestBoard.start(store);
        assertEquals(4L, status(again, "learned"));
        assertArrayEquals(model, pull(again));
        assertTrue(again.board.sentence().contains("learned from 4 samples"), again.board.sentence());
    }

    @Test
    void shouldForgetWhatItLearnedWhenToldSo() throws Exception {
        TestBoard board = serving();
        byte[] flashed = pull(board);
        learn(board, 0);
        assertFalse(Arrays.equals(flashed, pull(board)));
        assertEquals(Map.of("n", 0L), board.client.write(64, 2, Map.of("op", "reset")));
        assertArrayEquals(flashed, pull(board));
        assertArrayEquals(flashed, pull(TestBoard.start(store)));
        assertEquals(Map.of("rc", 3L), board.client.write(64, 2, Map.of("op", "dance")));
    }

    @Test
    void shouldLearnARepeatedRequestOnce() throws Exception {
        TestBoard board = serving();
        Map<String, Object> answer = learn(board, 0);
        assertEquals(answer, learn(board, 0));
        assertEquals(2L, status(board, "learned"));
        assertEquals(2, groupError(learn(board, 1)));
        learn(board, 2);
        assertEquals(2, groupError(learn(board, 0)));
    }

    @Test
    void shouldIgnoreWhatADamagedFileSaysWasLearnedAndSaySo() throws Exception {
        learn(serving(), 0);
        byte[] content = store.read(learnedFile()).orElseThrow();
        content[60] ^= 1;
        store.write(learnedFile(), content);
        TestBoard again = TestBoard.start(store);
        assertEquals(0L, status(again, "learned"));
        assertTrue(again.board.sentence().contains("ignored"), again.board.sentence());
    }

    @Test
    void shouldNotGiveWhatOneImageLearnedToAnother() throws Exception {
        learn(serving(), 0);
        byte[] content = store.read(learnedFile()).orElseThrow();
        ModelImage other = TestNetworks.image("2.0.0", 4, TestBoard.KEY);
        TestBoard.install(store, other);
        store.write(LearnedState.fileName(HexFormat.of().formatHex(other.digest())), content);
        TestBoard board = TestBoard.start(store);
        assertEquals(0L, status(board, "learned"));
        assertTrue(board.board.sentence().contains("belongs to another image"), board.board.sentence());
    }

    @Test
    void shouldKeepWhatAnImageLearnedOnlyWhileASlotHoldsIt() throws Exception {
        learn(serving(), 0);
        String first = learnedFile();
        TestBoard.install(store, TestNetworks.image("2.0.0", 4, TestBoard.KEY));
        TestBoard.start(store);
        assertTrue(store.list().contains(first));
        TestBoard.install(store, TestNetworks.image("3.0.0", 4, TestBoard.KEY));
        TestBoard.start(store);
        assertFalse(store.list().contains(first));
    }

    @Test
    void shouldRefuseWhatTheModelCannotTake() throws Exception {
        TestBoard board = serving();
        assertEquals(4, groupError(board.client.write(64, 0, Map.of("x", new byte[7]))));
        assertEquals(4, groupError(board.client.write(64, 0, Map.of("x", new byte[0]))));
        assertEquals(4, groupError(board.client.write(64, 0, Map.of("x", new byte[6 * 65]))));
        assertEquals(5, groupError(board.client.write(64, 0, Map.of("x", SAMPLES, "y", new byte[] {0, 2}))));
        assertEquals(5, groupError(board.client.write(64, 0, Map.of("x", SAMPLES, "y", new byte[] {0}))));
        assertEquals(5, groupError(board.client.write(64, 1, Map.of("x", SAMPLES, "at", 0))));
        byte[] tooLarge = SAMPLES.clone();
        tooLarge[3] = 2;
        assertEquals(Map.of("rc", 3L), board.client.write(64, 0, Map.of("x", tooLarge)));
        assertEquals(Map.of("rc", 3L), board.client.write(64, 0, Map.of()));
        assertEquals(Map.of("rc", 3L), board.client.read(64, 3, Map.of("off", 1)));
        assertEquals(Map.of("rc", 8L), board.client.read(64, 9, Map.of()));
    }

    @Test
    void shouldSayThatAModelDoesNotLearn() throws Exception {
        byte[] payload = NetworkCodec.encode(TestNetworks.network(0, false));
        TestBoard.install(
                store, ModelImage.unsigned(payload, Version.parse("1")).sign(TestBoard.KEY));
        assertEquals(6, groupError(learn(TestBoard.start(store), 0)));
    }

    private static byte[] pull(TestBoard board) throws Exception {
        var model = new ByteArrayOutputStream();
        Map<String, Object> first = board.client.read(64, 3, Map.of("off", 0));
        model.write((byte[]) first.get("data"));
        while (model.size() < (long) first.get("len")) {
            model.write((byte[])
                    board.client.read(64, 3, Map.of("off", model.size())).get("data"));
        }
        byte[] whole = model.toByteArray();
        assertArrayEquals(
                (byte[]) first.get("sha"), MessageDigest.getInstance("SHA-256").digest(whole));
        NetworkCodec.decode(whole);
        return whole;
    }
}
