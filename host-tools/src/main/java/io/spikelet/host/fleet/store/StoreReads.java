package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is read. */
final class StoreReads implements AutoCloseable {
    private static final int ROWS_IN_HAND = 10_000;

    private final Connection connection;

    StoreReads(Connection connection) {
        this.connection = connection;
    }

    List<BoardSnapshot> boardsChangedSince(long changed) throws SQLException, IOException {
        List<BoardSnapshot> boards = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT grp, name, state, since, seen, messages,"
                + " births, missing, rebirths, ahead, present FROM board WHERE changed >= ?")) {
            select.setLong(1, changed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    boards.add(new BoardSnapshot(
                            new BoardId(row.getString(1), row.getString(2)),
                            BoardState.valueOf(row.getString(3)),
                            row.getLong(4),
                            row.getLong(5),
                            new BoardSnapshot.Counts(row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9)),
                            row.getLong(10),
                            PresentJson.read(row.getString(11))));
                }
            }
        }
        return boards;
    }

    List<CollectorBeat> beats() throws SQLException {
        List<CollectorBeat> beats = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT host, heard, shard, shards, beat FROM collector");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String heard = row.getString(2);
                List<String> groups = heard.isEmpty() ? List.of() : List.of(heard.split("/"));
                beats.add(new CollectorBeat(row.getString(1), groups, row.getInt(3), row.getInt(4), row.getLong(5)));
            }
        }
        return beats;
    }

    Map<String, List<HistoryPoint>> history(BoardId board, long from, long to, int points) throws SQLException {
        if (points < 1 || to <= from) {
            throw new IllegalArgumentException("a history has 1 or more points from a moment to a later one: from="
                    + from + " to=" + to + " points=" + points);
        }
        Map<String, List<HistoryPoint>> history = new TreeMap<>();
        long bucket = Math.max(1, Math.ceilDiv(to - from, (long) points));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT m.name, MIN(r.time), AVG(r.value), MIN(r.value), MAX(r.value), COUNT(*)"
                        + " FROM reading r JOIN metric m ON m.id = r.metric"
                        + " WHERE r.board = (SELECT id FROM board WHERE grp = ? AND name = ?)"
                        + " AND r.time >= ? AND r.time < ? AND r.value IS NOT NULL"
                        + " GROUP BY m.name, (r.time - ?) / ? ORDER BY 1, 2")) {
            select.setString(1, board.group());
            select.setString(2, board.name());
            select.setLong(3, from);
            select.setLong(4, to);
            select.setLong(5, from);
            select.setLong(6, bucket);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    history.computeIfAbsent(row.getString(1), metric -> new ArrayList<>())
                            .add(new HistoryPoint(
                                    row.getLong(2),
                                    row.getDouble(3),
                                    row.getDouble(4),
                                    row.getDouble(5),
                                    row.getLong(6)));
                }
            }
        }
        return history;
    }

    void export(BoardId board, long from, long to, FleetStore.ReadingSink sink) throws SQLException, IOException {
        String one = board == null ? "" : " AND b.grp = ? AND b.name = ?";
        try (PreparedStatement select =
                connection.prepareStatement("SELECT b.grp, b.name, m.name, r.time, r.value, r.text FROM reading r"
                        + " JOIN board b ON b.id = r.board JOIN metric m ON m.id = r.metric"
                        + " WHERE r.time >= ? AND r.time < ?" + one + " ORDER BY r.board, r.time, r.metric")) {
            select.setFetchSize(ROWS_IN_HAND);
            select.setLong(1, from);
            select.setLong(2, to);
            if (board != null) {
                select.setString(3, board.group());
                select.setString(4, board.name());
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    double value = row.getDouble(5);
                    value = row.wasNull() ? Double.NaN : value;
                    sink.take(new Reading(
                            new BoardId(row.getString(1), row.getString(2)),
                            row.getString(3),
                            row.getLong(4),
                            value,
                            row.getString(6)));
                }
            }
        }
    }

    List<FleetEvent> events(BoardId board, int most) throws SQLException {
        String one = board == null ? "" : " WHERE b.grp = ? AND b.name = ?";
        List<FleetEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT b.grp, b.name, e.time, e.kind, e.text"
                + " FROM event e JOIN board b ON b.id = e.board" + one + " ORDER BY e.time DESC LIMIT " + most)) {
            if (board != null) {
                select.setString(1, board.group());
                select.setString(2, board.name());
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(new FleetEvent(
                            new BoardId(row.getString(1), row.getString(2)),
                            row.getLong(3),
                            FleetEvent.Kind.valueOf(row.getString(4)),
                            row.getString(5)));
                }
            }
        }
        return events;
    }

    List<String> rollouts(int most) throws SQLException {
        List<String> states = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT state FROM rollout ORDER BY changed DESC LIMIT " + most);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                states.add(row.getString(1));
            }
        }
        return states;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
