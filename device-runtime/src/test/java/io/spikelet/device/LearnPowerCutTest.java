package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.NetworkCodec;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loses power at every operation of a learn request: the board starts with what it had learned before, or after. */
class LearnPowerCutTest {
    private static final byte[] SAMPLES = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
    private static final byte[] LABELS = {0, 1};

    private static Map<String, Object> learn(TestBoard board, long at) throws Exception {
        return board.client.write(64, 1, Map.of("x", SAMPLES, "y", LABELS, "at", at));
    }

    private static SimStore taught() throws Exception {
        SimStore store = new SimStore();
        TestBoard.install(store, TestNetworks.image("1.0.0", 1, TestBoard.KEY));
        learn(TestBoard.start(store), 0);
        return store;
    }

    private static byte[] learned(SimStore store) throws Exception {
        return store.read(store.list().stream()
                        .filter(name -> name.startsWith(LearnedState.PREFIX))
                        .findFirst()
                        .orElseThrow())
                .orElseThrow();
    }

    @Test
    void shouldHoldTheOldOrTheNewStateWhereverPowerIsCut() throws Exception {
        byte[] before = learned(taught());
        SimStore done = taught();
        learn(TestBoard.start(done), 2);
        byte[] after = learned(done);
        int cuts = 0;
        for (boolean afterTheOperation : new boolean[] {false, true}) {
            boolean lost = true;
            for (int operation = 0; lost; operation++) {
                SimStore store = taught();
                TestBoard board = TestBoard.start(store);
                store.losePowerAt(operation, afterTheOperation);
                Map<String, Object> answer = learn(board, 2);
                lost = store.lostPower();
                store.restorePower();
                byte[] found = learned(store);
                if (answer.containsKey("n")) {
                    assertArrayEquals(after, found, "what was answered was learned");
                }
                assertTrue(Arrays.equals(found, before) || Arrays.equals(found, after));
                long samples = Arrays.equals(found, before) ? 2 : 4;
                assertEquals(
                        samples,
                        TestBoard.start(store).client.read(64, 4, Map.of()).get("learned"));
                cuts += lost ? 1 : 0;
            }
        }
        assertEquals(2, cuts);
    }

    @Test
    void shouldStandInMemoryWhereTheStoreStandsWhenAWriteFails() throws Exception {
        SimStore store = taught();
        TestBoard board = TestBoard.start(store);
        byte[] before = NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork());
        store.losePowerAt(0, false);
        assertEquals(Map.of("rc", 1L), learn(board, 2));
        store.restorePower();
        assertArrayEquals(
                before, NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork()));
        assertEquals(4L, learn(board, 2).get("n"));
    }
}
