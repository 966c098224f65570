package io.spikelet.host.fleet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What SQLite and PostgreSQL say differently. */
enum Dialect {
    SQLITE("INTEGER PRIMARY KEY", "REAL", " WITHOUT ROWID") {
        @Override
        void prepare(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout=20000");
                statement.execute("PRAGMA journal_mode=WAL");
                // With a write-ahead log a power cut may cost the last batches, never the file.
                statement.execute("PRAGMA synchronous=NORMAL");
                statement.execute("PRAGMA cache_size=-65536");
                statement.execute("PRAGMA wal_autocheckpoint=0"); // LogCheckpoint does it
            }
        }

        @Override
        ReadingInsert readings(Connection connection) throws SQLException {
            return new BatchedInsert(connection);
        }
    },
    POSTGRESQL("SERIAL PRIMARY KEY", "DOUBLE PRECISION", "") {
        @Override
        void prepare(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                // As with SQLite: a crash of the server may cost the last batches, never the tables.
                statement.execute("SET synchronous_commit=off");
            }
        }

        @Override
        ReadingInsert readings(Connection connection) throws SQLException {
            return new ArrayInsert(connection);
        }
    };

    private final String key;
    private final String real;
    private final String clustered;

    Dialect(String key, String real, String clustered) {
        this.key = key;
        this.real = real;
        this.clustered = clustered;
    }

    abstract void prepare(Connection connection) throws SQLException;

    /** Whether a log has to be brought in beside the writing. */
    boolean hasLog() {
        return this == SQLITE;
    }

    /** How many readings are written fast. */
    abstract ReadingInsert readings(Connection connection) throws SQLException;

    List<String> tables() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS board (id " + key + ", grp TEXT NOT NULL, name TEXT NOT NULL,"
                        + " state TEXT NOT NULL, since BIGINT NOT NULL, seen BIGINT NOT NULL,"
                        + " messages BIGINT NOT NULL, births BIGINT NOT NULL, missing BIGINT NOT NULL,"
                        + " rebirths BIGINT NOT NULL, ahead BIGINT NOT NULL, present TEXT NOT NULL,"
                        + " changed BIGINT NOT NULL, UNIQUE (grp, name))",
                "CREATE INDEX IF NOT EXISTS board_changed ON board (changed)",
                "CREATE TABLE IF NOT EXISTS metric (id " + key + ", name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE IF NOT EXISTS reading (board INTEGER NOT NULL, time BIGINT NOT NULL,"
                        + " metric INTEGER NOT NULL, value " + real + ", text TEXT,"
                        + " PRIMARY KEY (board, time, metric))" + clustered,
                "CREATE TABLE IF NOT EXISTS event (board INTEGER NOT NULL, time BIGINT NOT NULL, kind TEXT NOT NULL,"
                        + " text TEXT NOT NULL, PRIMARY KEY (board, time, kind))" + clustered,
                "CREATE INDEX IF NOT EXISTS event_time ON event (time)",
                // What an older store lacks; one without any row is that of an older collector, or of none.
                "CREATE TABLE IF NOT EXISTS collector (host TEXT NOT NULL, heard TEXT NOT NULL,"
                        + " shard INTEGER NOT NULL, shards INTEGER NOT NULL, beat BIGINT NOT NULL,"
                        + " PRIMARY KEY (host, heard, shard, shards))",
                "CREATE TABLE IF NOT EXISTS rollout (id TEXT PRIMARY KEY, state TEXT NOT NULL,"
                        + " changed BIGINT NOT NULL)");
    }
}
