package io.spikelet.device;

import static io.spikelet.device.SmpProbe.groupError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.NetworkCodec;
import io.spikelet.telemetry.BoardMetric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A board that adapts, as its clients see it. */
class AdaptationGroupTest {
    private static final byte[] SAMPLES = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
    private static final byte[] LABELS = {0, 1};
    private static final int GROUP = 65;

    private final SimStore store = new SimStore();

    @BeforeEach
    void install() throws Exception {
        TestBoard.install(store, TestNetworks.image("1.2.3", 4, TestBoard.KEY));
    }

    private TestBoard adapting() throws Exception {
        return TestBoard.start(
                store, AdaptationSettings.DEFAULT.with("checkpoint", 4).with("budget", 50 * 256));
    }

    private static Map<String, Object> learn(TestBoard board, long at) throws Exception {
        return board.client.write(64, 1, Map.of("x", SAMPLES, "y", LABELS, "at", at));
    }

    private static Map<String, Object> control(TestBoard board, String operation) throws Exception {
        return board.client.write(GROUP, 4, Map.of("op", operation));
    }

    private static Map<String, Object> status(TestBoard board) throws Exception {
        return board.client.read(GROUP, 0, Map.of());
    }

    private static void guard(TestBoard board, int pairs) throws Exception {
        for (int k = 0; k < pairs; k++) {
            Map<String, Object> request = Map.of("x", SAMPLES, "y", LABELS, "to", "guard", "at", 2 * k);
            assertEquals(Map.of("n", 2L * k + 2), board.client.write(GROUP, 3, request));
            assertEquals(Map.of("n", 2L * k + 2), board.client.write(GROUP, 3, request), "comes again");
        }
        control(board, "guard-end");
    }

    @Test
    void shouldRefuseWhenAdaptationIsOff() throws Exception {
        TestBoard board = TestBoard.start(store);
        assertEquals(3, groupError(status(board)));
        assertEquals(Map.of("stat_list", List.of("infer", "telemetry")), board.client.read(2, 1, Map.of()));
    }

    @Test
    void shouldServeWhatItLearnedOnlyOnceItIsPromoted() throws Exception {
        TestBoard board = adapting();
        guard(board, 20);
        byte[] flashed = NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork());
        for (int n = 0; n < 30; n += 2) {
            assertEquals(n + 2L, learn(board, n).get("n"));
        }
        assertArrayEquals(
                flashed, NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork()));
        learn(board, 30);
        Map<String, Object> status = status(board);
        assertEquals(1L, status.get("promoted"));
        assertEquals(status.get("candidate"), status.get("served"));
        assertEquals(40L, status.get("guard"));
        assertEquals(10_000L, status.get("guardacc"));
    }

    @Test
    void shouldTakeALabelByTheNumberOfItsInput() throws Exception {
        TestBoard board = adapting();
        Map<String, Object> answer = board.client.write(64, 0, Map.of("x", SAMPLES));
        assertEquals(List.of(0L, 1L), answer.get("id"));
        assertEquals(Map.of("n", 1L), board.client.write(GROUP, 1, Map.of("id", 1, "y", 1)));
        assertEquals(Map.of("n", 1L), board.client.write(GROUP, 1, Map.of("id", 1, "y", 1)));
        assertEquals(4, groupError(board.client.write(GROUP, 1, Map.of("id", 9, "y", 1))));
        assertEquals(Map.of("rc", 3L), board.client.write(GROUP, 1, Map.of("id", 0, "y", 2)));
        assertEquals(Map.of("n", 2L), board.client.write(GROUP, 2, Map.of("id", 0, "ok", true)));
        assertEquals(Map.of("rc", 3L), board.client.write(GROUP, 2, Map.of("id", 0)));
        assertEquals(1L, status(board).get("right"));
    }

    @Test
    void shouldRefuseSamplesAtAnotherPlaceAndForAnotherMemory() throws Exception {
        TestBoard board = adapting();
        Map<String, Object> wrongPlace = Map.of("x", SAMPLES, "y", LABELS, "to", "guard", "at", 6);
        assertEquals(2, groupError(board.client.write(GROUP, 3, wrongPlace)));
        Map<String, Object> nowhere = Map.of("x", SAMPLES, "y", LABELS, "to", "attic", "at", 0);
        assertEquals(Map.of("rc", 3L), board.client.write(GROUP, 3, nowhere));
        Map<String, Object> past = Map.of("x", SAMPLES, "y", LABELS, "to", "replay", "at", 0);
        assertEquals(Map.of("n", 2L), board.client.write(GROUP, 3, past));
        assertEquals(2L, status(board).get("replay"));
        assertEquals(Map.of("n", 0L), control(board, "replay-clear"));
        assertEquals(0L, status(board).get("replay"));
        assertEquals(Map.of("rc", 3L), control(board, "dance"));
    }

    @Test
    void shouldLoseAtMostTheCheckpointIntervalAndSaySo() throws Exception {
        TestBoard board = adapting();
        guard(board, 10);
        for (int n = 0; n < 6; n += 2) {
            learn(board, n);
        }
        assertEquals(2L, status(board).get("risk"));
        TestBoard again = adapting();
        assertEquals(4L, again.client.read(64, 4, Map.of()).get("learned"));
        assertTrue(
                again.board.sentence().contains("at sample 4; up to 3 samples after it may be lost"),
                again.board.sentence());
        assertEquals(2, groupError(learn(again, 6)));
        assertEquals(6L, learn(again, 4).get("n"));
        again.board.model().orElseThrow().keepAll();
        assertEquals(6L, adapting().client.read(64, 4, Map.of()).get("learned"));
    }

    @Test
    void shouldGoOnFromWhatPlainLearningHadLearned() throws Exception {
        TestBoard plain = TestBoard.start(store);
        learn(plain, 0);
        byte[] learned = NetworkCodec.encode(plain.board.model().orElseThrow().learnedNetwork());
        TestBoard board = adapting();
        assertEquals(2L, board.client.read(64, 4, Map.of()).get("learned"));
        assertArrayEquals(
                learned, NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork()));
    }

    @Test
    void shouldForgetForGood() throws Exception {
        TestBoard board = adapting();
        byte[] flashed = NetworkCodec.encode(board.board.model().orElseThrow().learnedNetwork());
        guard(board, 20);
        for (int n = 0; n < 40; n += 2) {
            learn(board, n);
        }
        assertEquals(0L, board.client.write(64, 2, Map.of("op", "reset")).get("n"));
        TestBoard again = adapting();
        assertArrayEquals(
                flashed, NetworkCodec.encode(again.board.model().orElseThrow().learnedNetwork()));
        assertEquals(0L, again.client.read(64, 4, Map.of()).get("learned"));
    }

    @Test
    void shouldTellItsHistoryInStatusStatisticsAndTelemetry() throws Exception {
        TestBoard board = adapting();
        guard(board, 20);
        for (int n = 0; n < 40; n += 2) {
            learn(board, n);
        }
        control(board, "rollback");
        List<?> events = (List<?>) status(board).get("events");
        Map<?, ?> last = (Map<?, ?>) events.getLast();
        assertEquals((long) Kind.TOLD_TO_ROLL_BACK.ordinal(), last.get("kind"));
        assertEquals(40L, last.get("at"));
        assertEquals(Map.of("stat_list", List.of("infer", "telemetry", "adapt")), board.client.read(2, 1, Map.of()));
        Map<?, ?> fields =
                (Map<?, ?>) board.client.read(2, 0, Map.of("name", "adapt")).get("fields");
        assertEquals(40L, fields.get("taken"));
        assertEquals(2, groupError(board.client.read(2, 0, Map.of("name", "weather"))));
        var readings = new BoardReadings(board.window, TestBoard.NO_THERMOMETER, new TestBoard.CountingMeter())
                .read(board.board);
        assertEquals(40L, readings.get(BoardMetric.ADAPTATION_SAMPLES).value());
        assertEquals(1.0, readings.get(BoardMetric.GUARD_ACCURACY).value());
        String told = readings.get(BoardMetric.ADAPTATION_EVENTS).value().toString();
        assertTrue(told.contains("promoted (100.00 % against "), told);
        assertTrue(told.endsWith("at sample 40: told to roll back (0, 0)"), told);
    }
}
