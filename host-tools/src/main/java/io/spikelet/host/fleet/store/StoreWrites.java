package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is written, each call one transaction. */
final class StoreWrites implements AutoCloseable {
    private static final Comparator<ReadingInsert.Row> BY_KEY = Comparator.comparingInt(ReadingInsert.Row::board)
            .thenComparingLong(ReadingInsert.Row::time)
            .thenComparingInt(ReadingInsert.Row::metric);

    private final Connection connection;
    private final ReadingInsert readings;
    private final PreparedStatement saveBoard;
    private final PreparedStatement saveEvent;
    private final StoreKeys keys;
    private final Map<BoardId, Integer> boards = new HashMap<>();

    StoreWrites(Connection connection, Dialect dialect) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        readings = dialect.readings(connection);
        keys = new StoreKeys(connection);
        // An insert that always finds its row: PostgreSQL's driver sends many of those at once, of updates one.
        saveBoard = connection.prepareStatement("INSERT INTO board (state, since, seen, messages, births, missing,"
                + " rebirths, ahead, present, changed, id, grp, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON"
                + " CONFLICT (id) DO UPDATE SET state = excluded.state, since = excluded.since, seen = excluded.seen,"
                + " messages = excluded.messages, births = excluded.births, missing = excluded.missing, rebirths ="
                + " excluded.rebirths, ahead = excluded.ahead, present = excluded.present, changed = excluded.changed");
        saveEvent = connection.prepareStatement(
                "INSERT INTO event (board, time, kind, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    }

    private interface Work {
        void run() throws SQLException, IOException;
    }

    private void transaction(Work work) throws SQLException, IOException {
        boolean done = false;
        try {
            work.run();
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                boards.clear();
                keys.forget();
                connection.rollback();
            }
        }
    }

    void write(FleetStore.Batch batch) throws SQLException, IOException {
        transaction(() -> {
            List<ReadingInsert.Row> rows = new ArrayList<>(batch.readings().size());
            for (Reading reading : batch.readings()) {
                rows.add(new ReadingInsert.Row(
                        board(reading.board()),
                        reading.time(),
                        keys.metric(reading.metric()),
                        reading.number(),
                        reading.text()));
            }
            rows.sort(BY_KEY);
            readings.write(rows);
            saveBoards(batch.boards());
            for (FleetEvent event : batch.events()) {
                saveEvent.setInt(1, board(event.board()));
                saveEvent.setLong(2, event.time());
                saveEvent.setString(3, event.kind().name());
                saveEvent.setString(4, ArrayInsert.storable(event.text()));
                saveEvent.addBatch();
            }
            saveEvent.executeBatch();
        });
    }

    private void saveBoards(List<BoardSnapshot> snapshots) throws SQLException, IOException {
        long now = System.currentTimeMillis();
        for (BoardSnapshot board : snapshots) {
            saveBoard.setString(1, board.state().name());
            saveBoard.setLong(2, board.since());
            saveBoard.setLong(3, board.seen());
            saveBoard.setLong(4, board.counts().messages());
            saveBoard.setLong(5, board.counts().births());
            saveBoard.setLong(6, board.counts().missing());
            saveBoard.setLong(7, board.counts().rebirths());
            saveBoard.setLong(8, board.clockAheadMillis());
            saveBoard.setString(9, ArrayInsert.storable(PresentJson.write(board.values())));
            saveBoard.setLong(10, now);
            saveBoard.setInt(11, board(board.id()));
            saveBoard.setString(12, board.id().group());
            saveBoard.setString(13, board.id().name());
            saveBoard.addBatch();
        }
        saveBoard.executeBatch();
    }

    private int board(BoardId id) throws SQLException {
        Integer known = boards.get(id);
        if (known == null) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO board (grp, name, state, since, seen, messages, births,"
                            + " missing, rebirths, ahead, present, changed)"
                            + " VALUES (?, ?, 'STALE', 0, 0, 0, 0, 0, 0, 0, '{}', 0) ON CONFLICT DO NOTHING")) {
                insert.setString(1, id.group());
                insert.setString(2, id.name());
                insert.executeUpdate();
            }
            known = find(id);
            boards.put(id, known);
        }
        return known;
    }

    private int find(BoardId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM board WHERE grp = ? AND name = ?")) {
            select.setString(1, id.group());
            select.setString(2, id.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    int forget(BoardId board, long before) throws SQLException, IOException {
        int[] forgotten = new int[1];
        transaction(() -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM reading WHERE board = ? AND time < ?")) {
                delete.setInt(1, board(board));
                delete.setLong(2, before);
                forgotten[0] = delete.executeUpdate();
            }
        });
        return forgotten[0];
    }

    void beat(CollectorBeat beat) throws SQLException, IOException {
        transaction(() -> {
            try (PreparedStatement save =
                    connection.prepareStatement("INSERT INTO collector (host, heard, shard, shards,"
                            + " beat) VALUES (?, ?, ?, ?, ?) ON CONFLICT (host, heard, shard, shards) DO UPDATE SET"
                            + " beat = excluded.beat")) {
                save.setString(1, beat.host());
                save.setString(2, String.join("/", beat.groups())); // which no group has in it
                save.setInt(3, beat.shard());
                save.setInt(4, beat.shards());
                save.setLong(5, beat.at());
                save.executeUpdate();
            }
        });
    }

    void saveRollout(String id, String json) throws SQLException, IOException {
        transaction(() -> {
            try (PreparedStatement save =
                    connection.prepareStatement("INSERT INTO rollout (id, state, changed) VALUES (?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET state = excluded.state, changed = excluded.changed")) {
                save.setString(1, id);
                save.setString(2, ArrayInsert.storable(json));
                save.setLong(3, System.currentTimeMillis());
                save.executeUpdate();
            }
        });
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
