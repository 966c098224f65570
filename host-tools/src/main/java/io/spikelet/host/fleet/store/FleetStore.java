package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A fleet's past and last known present. One thread writes, several may read; another process may do both.
 * Every method throws an IOException with one sentence when the store cannot be used.
 */
public interface FleetStore extends Closeable {

    /** What is written at once: all of it or nothing. */
    record Batch(List<Reading> readings, List<BoardSnapshot> boards, List<FleetEvent> events) {
        public Batch {
            readings = List.copyOf(readings);
            boards = List.copyOf(boards);
            events = List.copyOf(events);
        }

        public boolean isEmpty() {
            return readings.isEmpty() && boards.isEmpty() && events.isEmpty();
        }
    }

    /** Writes a batch. Readings and events that are there already stay as they are. */
    void write(Batch batch) throws IOException;

    /**
     * Boards written at or after a moment.
     *
     * @param changed ms since 1970 by the writer's clock; 0 asks for all
     */
    List<BoardSnapshot> boardsChangedSince(long changed) throws IOException;

    /**
     * A board's past, thinned out.
     *
     * @param from ms since 1970, included
     * @param to ms since 1970, excluded
     * @param points the most points a metric
     * @return points in order of time by metric
     */
    Map<String, List<HistoryPoint>> history(BoardId board, long from, long to, int points) throws IOException;

    /** Everything kept of a board in order of time, or of all boards in order of boards when {@code board} is null. */
    void export(BoardId board, long from, long to, ReadingSink sink) throws IOException;

    /** The youngest events first, of a board, or of all boards when {@code board} is null. */
    List<FleetEvent> events(BoardId board, int most) throws IOException;

    /**
     * Forgets a board's readings before a moment.
     *
     * @return how many there were
     */
    int forget(BoardId board, long before) throws IOException;

    /** Keeps that a collector is alive. */
    void beat(CollectorBeat beat) throws IOException;

    /** The last beat of each collector that ever wrote. */
    List<CollectorBeat> beats() throws IOException;

    /** Keeps how a roll-out fares, for dashboards. */
    void saveRollout(String id, String json) throws IOException;

    /** The states of the last roll-outs as JSON, the youngest first. */
    List<String> rollouts(int most) throws IOException;

    /** Takes readings one by one. */
    @FunctionalInterface
    interface ReadingSink {
        void take(Reading reading) throws IOException;
    }

    @Override
    void close() throws IOException;
}
