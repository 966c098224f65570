package io.spikelet.host.fleet.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The numbers that stand for names in the store, made as names come up, by whichever process is first. */
final class StoreKeys {
    private final Connection connection;
    private final Map<String, Integer> metrics = new HashMap<>();

    StoreKeys(Connection connection) {
        this.connection = connection;
    }

    int metric(String name) throws SQLException {
        Integer known = metrics.get(name);
        if (known == null) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO metric (name) VALUES (?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT id FROM metric WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    known = row.getInt(1);
                }
            }
            metrics.put(name, known);
        }
        return known;
    }

    /** A transaction was taken back, and with it numbers that it made. */
    void forget() {
        metrics.clear();
    }
}
