package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ModelImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A start runs an image's self-tests before it serves, and tells the host what came of it. */
class SelfTestedStartTest {
    private static final ModelImage RIGHT = TestNetworks.tested("1.0.0", 1, true, TestBoard.KEY);
    private static final ModelImage WRONG = TestNetworks.tested("2.0.0", 1, false, TestBoard.KEY);
    private static final ModelImage UNTESTED = TestNetworks.image("3.0.0", 1, TestBoard.KEY);

    private final SimStore store = new SimStore();

    private static Map<String, Object> status(TestBoard board) throws Exception {
        return board.client.read(64, 4, Map.of());
    }

    private static void flash(TestBoard board, ModelImage image, boolean confirm) throws Exception {
        board.client.write(1, 1, Map.of("off", 0, "len", image.size(), "data", image.bytes()));
        board.client.write(1, 0, Map.of("hash", image.digest(), "confirm", confirm));
    }

    @Test
    void shouldServeWhatPassesItsSelfTestsAndSayHowMany() throws Exception {
        TestBoard.install(store, RIGHT);
        Map<String, Object> status = status(TestBoard.start(store));
        assertEquals("serving", status.get("state"));
        assertEquals(2L, status.get("selftests"));
        assertTrue(status.get("start").toString().contains("1.0.0+0 is active; self-test passed, 2 samples"));
    }

    @Test
    void shouldServeAnImageOfOldWithoutSelfTestsAndSaySo() throws Exception {
        TestBoard.install(store, UNTESTED);
        Map<String, Object> status = status(TestBoard.start(store));
        assertEquals(0L, status.get("selftests"));
        assertTrue(status.get("start").toString().contains("no self-test in it"), status.toString());
    }

    @Test
    void shouldRevertByItselfWhatFailsOnTrialAndTellTheHost() throws Exception {
        TestBoard.install(store, RIGHT);
        flash(TestBoard.start(store), WRONG, false);
        TestBoard board = TestBoard.start(store);
        Map<String, Object> status = status(board);
        assertArrayEquals(RIGHT.digest(), (byte[]) status.get("hash"));
        assertTrue(
                status.get("start")
                        .toString()
                        .startsWith("2.0.0+0 was tried and reverted: self-test 0 gives other number of spikes"),
                status.toString());
        List<?> images = (List<?>) board.client.read(1, 0, Map.of()).get("images");
        assertEquals(true, ((Map<?, ?>) images.get(0)).get("bootable"));
        assertEquals(false, ((Map<?, ?>) images.get(1)).get("bootable"));
    }

    @Test
    void shouldAskForAConfirmationOnlyUntilItHasCome() throws Exception {
        TestBoard.install(store, UNTESTED);
        flash(TestBoard.start(store), RIGHT, false);
        TestBoard board = TestBoard.start(store);
        String told = status(board).get("start").toString();
        assertTrue(told.contains("runs on trial; confirm it or it reverts"), told);
        board.client.write(1, 0, Map.of("hash", RIGHT.digest(), "confirm", true));
        told = status(board).get("start").toString();
        assertTrue(told.contains("ran on trial and is confirmed") && !told.contains("reverts"), told);
    }

    @Test
    void shouldServeTheProtocolAndNoModelWhenTheOnlyImageFails() throws Exception {
        flash(TestBoard.start(store), WRONG, true);
        Map<String, Object> status = status(TestBoard.start(store));
        assertEquals("empty", status.get("state"));
        assertTrue(status.get("start").toString().contains("2.0.0+0 was tried and reverted"), status.toString());
    }

    @Test
    void shouldTestTheImagesOwnWeightsAndServeWhatItLearned() throws Exception {
        TestBoard.install(store, RIGHT);
        byte[] samples = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
        TestBoard board = TestBoard.start(store);
        for (long at = 0; at < 40; at += 2) {
            board.client.write(64, 1, Map.of("x", samples, "y", new byte[] {0, 1}, "at", at));
        }
        Map<String, Object> status = status(TestBoard.start(store));
        assertEquals(40L, status.get("learned"));
        assertEquals(2L, status.get("selftests"));
        assertEquals(
                "serving",
                status(TestBoard.start(store, AdaptationSettings.DEFAULT)).get("state"));
    }

    @Test
    void shouldTellTheLastWordsOfTheStartBeforeOnce() throws Exception {
        TestBoard.install(store, RIGHT);
        LastWords.write(store, "an inference of 2.0.0 on trial took longer than 60.0 s");
        String told = status(TestBoard.start(store)).get("start").toString();
        assertTrue(
                told.startsWith("an inference of 2.0.0 on trial took longer than 60.0 s; nothing was pending"), told);
        told = status(TestBoard.start(store)).get("start").toString();
        assertTrue(told.startsWith("nothing was pending"), told);
    }
}
