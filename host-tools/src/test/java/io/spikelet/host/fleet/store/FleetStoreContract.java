package io.spikelet.host.fleet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store keeps. */
abstract class FleetStoreContract {
    static final BoardId ONE = new BoardId("north", "one");
    static final BoardId TWO = new BoardId("north", "two");

    /** A new store without anything in it. */
    abstract FleetStore open() throws IOException;

    private static Reading reading(BoardId board, String metric, long time, double value) {
        return new Reading(board, metric, time, value, null);
    }

    private static FleetStore.Batch readings(List<Reading> readings) {
        return new FleetStore.Batch(readings, List.of(), List.of());
    }

    private static List<Reading> all(FleetStore store, BoardId board) throws IOException {
        List<Reading> all = new ArrayList<>();
        store.export(board, 0, Long.MAX_VALUE, all::add);
        return all;
    }

    @Test
    void shouldKeepReadingsOnceHoweverOftenTheyCome() throws IOException {
        try (FleetStore store = open()) {
            List<Reading> some = List.of(
                    reading(TWO, "a", 20, 2.5),
                    reading(ONE, "a", 10, 1.5),
                    new Reading(ONE, "t", 10, Double.NaN, "text, with \"marks\""),
                    reading(ONE, "b", 11, Double.NaN));
            store.write(readings(some));
            store.write(readings(some));
            assertEquals(4, all(store, null).size());
            assertEquals(some.subList(1, 4), all(store, ONE));
        }
    }

    @Test
    void shouldThinHistoryOutToMeansWithTheirRange() throws IOException {
        try (FleetStore store = open()) {
            List<Reading> some = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                some.add(reading(ONE, "a", 1000 + i, i));
            }
            store.write(readings(some));
            List<HistoryPoint> points = store.history(ONE, 1000, 1100, 10).get("a");
            assertEquals(10, points.size());
            assertEquals(new HistoryPoint(1010, 14.5, 10, 19, 10), points.get(1));
            assertEquals(Map.of(), store.history(TWO, 0, 2000, 10));
        }
    }

    @Test
    void shouldKeepTheLastPresentOfABoard() throws IOException {
        Map<String, MetricValue> values = Map.of(
                "a", new MetricValue(5, 1.25, ""),
                "b", new MetricValue(6, null, "no meter"),
                "c", new MetricValue(7, "text", ""),
                "d", new MetricValue(8, 12L, ""),
                "e", new MetricValue(9, true, ""));
        BoardSnapshot first = snapshot(BoardState.ONLINE, values);
        BoardSnapshot second = snapshot(BoardState.OFFLINE, values);
        try (FleetStore store = open()) {
            store.write(new FleetStore.Batch(List.of(), List.of(first), List.of()));
            store.write(new FleetStore.Batch(List.of(), List.of(second), List.of()));
            assertEquals(List.of(second), store.boardsChangedSince(0));
            assertEquals(List.of(), store.boardsChangedSince(Long.MAX_VALUE));
        }
    }

    private static BoardSnapshot snapshot(BoardState state, Map<String, MetricValue> values) {
        return new BoardSnapshot(ONE, state, 3, 4, new BoardSnapshot.Counts(5, 6, 7, 8), -9, values);
    }

    @Test
    void shouldKeepEventsAndRollouts() throws IOException {
        FleetEvent early = new FleetEvent(ONE, 1, FleetEvent.Kind.BORN, "online");
        FleetEvent late = new FleetEvent(TWO, 2, FleetEvent.Kind.GAP, "3 messages are missing");
        try (FleetStore store = open()) {
            store.write(new FleetStore.Batch(List.of(), List.of(), List.of(early, late)));
            assertEquals(List.of(late, early), store.events(null, 10));
            assertEquals(List.of(late), store.events(null, 1));
            assertEquals(List.of(early), store.events(ONE, 10));
            store.saveRollout("r", "{}");
            store.saveRollout("r", "{\"a\":1}");
            assertEquals(List.of("{\"a\":1}"), store.rollouts(5));
        }
    }

    @Test
    void shouldKeepTheLastBeatOfEachCollector() throws IOException {
        CollectorBeat north = new CollectorBeat("spikelet", List.of("north", "far north"), 0, 1, 5);
        CollectorBeat half = new CollectorBeat("spikelet", List.of(), 1, 2, 6);
        try (FleetStore store = open()) {
            assertEquals(List.of(), store.beats());
            store.beat(new CollectorBeat("spikelet", List.of("north", "far north"), 0, 1, 4));
            store.beat(half);
            store.beat(north);
            assertEquals(Set.of(north, half), Set.copyOf(store.beats()));
        }
    }

    @Test
    void shouldForgetWhatIsTooOldAndNothingElse() throws IOException {
        try (FleetStore store = open()) {
            store.write(
                    readings(List.of(reading(ONE, "a", 10, 1), reading(ONE, "a", 20, 2), reading(TWO, "a", 10, 3))));
            assertEquals(1, store.forget(ONE, 20));
            assertEquals(2, all(store, null).size());
        }
    }

    @Test
    void shouldWriteABatchWholeOrNotAtAll() throws IOException {
        BoardSnapshot odd = snapshot(
                BoardState.ONLINE,
                Map.of(
                        "a",
                        new MetricValue(
                                1,
                                new Object() {
                                    @Override
                                    public String toString() {
                                        throw new IllegalStateException("cannot be written");
                                    }
                                },
                                "")));
        try (FleetStore store = open()) {
            FleetStore.Batch batch = new FleetStore.Batch(List.of(reading(ONE, "a", 10, 1)), List.of(odd), List.of());
            assertThrows(IllegalStateException.class, () -> store.write(batch));
            assertEquals(List.of(), all(store, null));
            store.write(readings(List.of(reading(ONE, "a", 10, 1))));
            assertEquals(1, all(store, null).size());
        }
    }

    @Test
    void shouldTakeManyReadingsAtOnce() throws IOException {
        List<Reading> many = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            many.add(reading(i % 2 == 0 ? ONE : TWO, "m" + i % 7, 1_000_000_000_000L + i, i));
        }
        try (FleetStore store = open()) {
            store.write(readings(many));
            assertEquals(25_000, all(store, null).size());
            assertTrue(store.history(ONE, 1_000_000_000_000L, 1_000_000_025_000L, 5)
                            .size()
                    == 7);
        }
    }
}
