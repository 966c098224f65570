package io.spikelet.host.fleet.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** One statement run for each row: what a library in the same process does fast. */
final class BatchedInsert implements ReadingInsert {
    private final PreparedStatement insert;

    BatchedInsert(Connection connection) throws SQLException {
        insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO reading (board, time, metric, value, text) VALUES (?, ?, ?, ?, ?)");
    }

    @Override
    public void write(List<Row> rows) throws SQLException {
        for (Row row : rows) {
            insert.setInt(1, row.board());
            insert.setLong(2, row.time());
            insert.setInt(3, row.metric());
            if (Double.isNaN(row.value())) {
                insert.setNull(4, Types.DOUBLE);
            } else {
                insert.setDouble(4, row.value());
            }
            insert.setString(5, row.text());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
