package io.spikelet.host.fleet.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One statement for many rows, handed over as arrays: one way to the server and back. */
final class ArrayInsert implements ReadingInsert {
    private static final int ROWS_AT_ONCE = 10_000;

    private final Connection connection;
    private final PreparedStatement insert;

    ArrayInsert(Connection connection) throws SQLException {
        this.connection = connection;
        insert = connection.prepareStatement("INSERT INTO reading (board, time, metric, value, text)"
                + " SELECT * FROM unnest(?::int[], ?::bigint[], ?::int[], ?::float8[], ?::text[])"
                + " ON CONFLICT DO NOTHING");
    }

    @Override
    public void write(List<Row> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            writeAtOnce(rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE)));
        }
    }

    private void writeAtOnce(List<Row> rows) throws SQLException {
        int count = rows.size();
        Integer[] boards = new Integer[count];
        Long[] times = new Long[count];
        Integer[] metrics = new Integer[count];
        Double[] values = new Double[count];
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            Row row = rows.get(i);
            boards[i] = row.board();
            times[i] = row.time();
            metrics[i] = row.metric();
            values[i] = Double.isNaN(row.value()) ? null : row.value();
            texts[i] = row.text() == null ? null : storable(row.text());
        }
        set(1, "int4", boards);
        set(2, "int8", times);
        set(3, "int4", metrics);
        set(4, "float8", values);
        set(5, "text", texts);
        insert.executeUpdate();
    }

    private void set(int at, String type, Object[] values) throws SQLException {
        Array array = connection.createArrayOf(type, values);
        insert.setArray(at, array);
    }

    /** PostgreSQL keeps no NUL in a text. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
