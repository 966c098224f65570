package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Offload;
import io.spikelet.hal.sim.SimStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board whose layers are on co-processors. */
class PlacedLayersTest {
    private static final byte[] SAMPLES = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};

    @TempDir
    Path folder;

    private final SimStore store = new SimStore();

    @BeforeEach
    void install() throws Exception {
        TestBoard.install(store, TestNetworks.image("1.2.3", 4, TestBoard.KEY));
    }

    private TestBoard on(String words, Offload.Policy policy) throws Exception {
        return TestBoard.start(store, new PlacedLayers.Choice(List.of(words), policy));
    }

    private static Map<String, Object> answers(TestBoard board) throws Exception {
        return board.client.write(64, 0, Map.of("x", SAMPLES));
    }

    /** Nobody listens there any more. */
    private static String unreachable() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tinyodin:127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void shouldAnswerTheSameFromAnIdealCrossbarAndSayWhereLayersAre() throws Exception {
        Map<String, Object> expected = answers(TestBoard.start(store));
        TestBoard placed = on("crossbar:ideal", Offload.Policy.STOP);
        Map<String, Object> found = answers(placed);
        assertEquals(expected.get("scores"), found.get("scores"));
        assertEquals(expected.get("synops"), found.get("synops"));
        assertTrue(placed.board.sentence().contains(" on crossbar0"), placed.board.sentence());
        assertFalse(placed.board.model().orElseThrow().canLearn());
        placed.board.model().orElseThrow().keepAll();
    }

    @Test
    void shouldPlaceWhatItHadLearned() throws Exception {
        TestBoard learning = TestBoard.start(store);
        for (int at = 0; at < 40; at += 2) {
            learning.client.write(64, 1, Map.of("x", SAMPLES, "y", new byte[] {1, 0}, "at", at));
        }
        Map<String, Object> learned = answers(learning);
        TestBoard placed = on("crossbar:ideal", Offload.Policy.STOP);
        assertEquals(learned.get("scores"), answers(placed).get("scores"));
        assertEquals(40L, placed.client.read(64, 4, Map.of()).get("learned"));
        placed.board.model().orElseThrow().keepAll();
    }

    @Test
    void shouldTellTheHostWhichDeviceFailed() throws Exception {
        TestBoard placed = on("crossbar:ideal", Offload.Policy.STOP);
        String devices = (String) placed.client.read(64, 4, Map.of()).get("devices");
        assertTrue(devices.matches("layer dense on crossbar0, programmed \\d+ s ago"), devices);
        placed.board.model().orElseThrow().keepAll();
    }

    @Test
    void shouldStayReachableWithoutItsDevice() throws Exception {
        TestBoard board = on(unreachable(), Offload.Policy.STOP);
        assertTrue(board.board.model().isEmpty());
        assertTrue(board.board.sentence().contains("it cannot run: "), board.board.sentence());
        assertTrue(board.client.read(1, 0, Map.of()).containsKey("images"));
    }

    @Test
    void shouldServeFromTheProcessorWhereThePolicySaysSo() throws Exception {
        Map<String, Object> expected = answers(TestBoard.start(store));
        TestBoard board = on(unreachable(), Offload.Policy.PROCESSOR);
        assertEquals(expected.get("scores"), answers(board).get("scores"));
        assertTrue(
                board.board.sentence().contains("the processor computes all layers, since a device failed"),
                board.board.sentence());
    }

    @Test
    void shouldRefuseWordsThatNameNoDeviceBeforeItStarts() {
        var err = new ByteArrayOutputStream();
        for (String[] wrong :
                new String[][] {{"--on", "loihi"}, {"--if-it-fails", "stop"}, {"--on", "tinyodin:sim", "--adapt", "on"}
                }) {
            List<String> words = new ArrayList<>(List.of(
                    "--data",
                    folder.toString(),
                    "--name",
                    "pi-1",
                    "--serial",
                    folder.resolve("line").toString()));
            words.addAll(List.of(wrong));
            assertEquals(2, SpikeletDevice.run(words, System.out, new PrintStream(err)), err.toString());
        }
        assertTrue(err.toString().contains("\"loihi\" is no co-processor"), err.toString());
    }
}
