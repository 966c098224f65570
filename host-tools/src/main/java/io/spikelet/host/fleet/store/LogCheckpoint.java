package io.spikelet.host.fleet.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings SQLite's write-ahead log into its file, on a thread and a connection of its own: this is where the medium is waited
 * for, and whoever writes does not wait with it.
 */
final class LogCheckpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogCheckpoint.class);
    private static final long PAUSE_MILLIS = 3_000;

    /** A longer log is brought in whole, and writers wait: a gigabyte, in pages of 4096 bytes. */
    private static final int LONGEST_LOG_PAGES = 1 << 18;

    private final Connection connection;
    private final Thread thread;

    LogCheckpoint(Connection connection) {
        this.connection = connection;
        thread = Thread.ofPlatform().name("fleet-checkpoint").daemon().start(this::run);
    }

    private void run() {
        int pages = 0;
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                pages = checkpoint(pages > LONGEST_LOG_PAGES ? "RESTART" : "PASSIVE");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return pages in the log */
    private int checkpoint(String how) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + how + ")")) {
            return result.next() ? result.getInt(2) : 0;
        } catch (SQLException failure) {
            LOG.warn("the store's log stays as it is for now: {}", failure.getMessage());
            return 0;
        }
    }

    @Override
    public void close() throws SQLException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
