package io.spikelet.host.fleet.store;

import java.sql.SQLException;
import java.util.List;

/** Writes many readings at once; those that are there already stay. */
interface ReadingInsert extends AutoCloseable {

    /**
     * A reading with its keys.
     *
     * @param value NaN when there is none
     * @param text null when there is none
     */
    record Row(int board, long time, int metric, double value, String text) {}

    /** @param rows in the order of their keys, which keeps pages of the table together */
    void write(List<Row> rows) throws SQLException;

    @Override
    void close() throws SQLException;
}
