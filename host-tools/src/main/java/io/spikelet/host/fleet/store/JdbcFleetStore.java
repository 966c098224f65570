package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.FleetEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A fleet's store in SQLite or PostgreSQL: one connection writes, another reads. */
public final class JdbcFleetStore implements FleetStore {
    private final StoreAddress address;
    private StoreWrites writes;
    private StoreReads reads;
    private LogCheckpoint checkpoint;
    private boolean closed;

    private JdbcFleetStore(StoreAddress address) {
        this.address = address;
    }

    /**
     * Opens a store and makes its tables when they are not there.
     *
     * @param where a file for SQLite, or {@code postgresql://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE}
     * @throws IllegalArgumentException when the text names no store
     * @throws IOException when it cannot be opened
     */
    public static JdbcFleetStore open(String where) throws IOException {
        JdbcFleetStore store = new JdbcFleetStore(StoreAddress.parse(where));
        store.writing(writes -> null);
        return store;
    }

    /** For a person, without a password. */
    public String name() {
        return address.shown();
    }

    @Override
    public void write(Batch batch) throws IOException {
        writing(writes -> {
            writes.write(batch);
            return null;
        });
    }

    @Override
    public int forget(BoardId board, long before) throws IOException {
        return writing(writes -> writes.forget(board, before));
    }

    @Override
    public void saveRollout(String id, String json) throws IOException {
        writing(writes -> {
            writes.saveRollout(id, json);
            return null;
        });
    }

    @Override
    public void beat(CollectorBeat beat) throws IOException {
        writing(writes -> {
            writes.beat(beat);
            return null;
        });
    }

    @Override
    public List<CollectorBeat> beats() throws IOException {
        return reading(StoreReads::beats);
    }

    @Override
    public List<BoardSnapshot> boardsChangedSince(long changed) throws IOException {
        return reading(reads -> reads.boardsChangedSince(changed));
    }

    @Override
    public Map<String, List<HistoryPoint>> history(BoardId board, long from, long to, int points) throws IOException {
        return reading(reads -> reads.history(board, from, to, points));
    }

    /** On a connection of its own, since it may take long. */
    @Override
    public void export(BoardId board, long from, long to, ReadingSink sink) throws IOException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false); // PostgreSQL hands rows over in parts only within a transaction
            new StoreReads(connection).export(board, from, to, sink);
        } catch (SQLException failure) {
            throw failed("read", failure);
        }
    }

    @Override
    public List<FleetEvent> events(BoardId board, int most) throws IOException {
        return reading(reads -> reads.events(board, most));
    }

    @Override
    public List<String> rollouts(int most) throws IOException {
        return reading(reads -> reads.rollouts(most));
    }

    private interface Use<P, R> {
        R with(P part) throws SQLException, IOException;
    }

    private final Object writeLock = new Object();
    private final Object readLock = new Object();

    private <R> R writing(Use<StoreWrites, R> use) throws IOException {
        synchronized (writeLock) {
            requireOpen();
            try {
                if (writes == null) {
                    writes = new StoreWrites(connectAndMakeTables(), address.dialect());
                    checkpoint = address.dialect().hasLog() ? new LogCheckpoint(connect()) : null;
                }
                return use.with(writes);
            } catch (SQLException failure) {
                closeQuietly(checkpoint);
                closeQuietly(writes);
                writes = null; // the next use connects anew
                throw failed("written", failure);
            }
        }
    }

    private <R> R reading(Use<StoreReads, R> use) throws IOException {
        synchronized (readLock) {
            requireOpen();
            try {
                if (reads == null) {
                    reads = new StoreReads(connect());
                }
                return use.with(reads);
            } catch (SQLException failure) {
                closeQuietly(reads);
                reads = null;
                throw failed("read", failure);
            }
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(address.url(), address.credentials());
        try {
            address.dialect().prepare(connection);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private Connection connectAndMakeTables() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            for (String table : address.dialect().tables()) {
                statement.execute(table);
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the store " + address.shown() + " is closed");
        }
    }

    private IOException failed(String how, SQLException failure) {
        String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new IOException(
                "the store " + address.shown() + " could not be " + how + ": "
                        + reason.lines().findFirst().orElse(reason),
                failure);
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception broken) {
            // It is given up because it failed; that it fails to close as well says nothing new.
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (writeLock) {
            synchronized (readLock) {
                closed = true;
                closeQuietly(reads);
                closeQuietly(checkpoint);
                try {
                    if (writes != null) {
                        writes.close();
                    }
                } catch (SQLException failure) {
                    throw failed("closed", failure);
                }
            }
        }
    }
}
