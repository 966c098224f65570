package io.spikelet.host.fleet.store;

import java.nio.file.Path;
import java.util.Properties;

/**
 * Where a store is, as a person writes it: a file for SQLite, or {@code postgresql://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE}.
 *
 * @param url for JDBC, without credentials
 * @param credentials user and password, as JDBC wants them
 * @param shown for a person, without a password
 */
record StoreAddress(Dialect dialect, String url, Properties credentials, String shown) {
    private static final String POSTGRESQL = "postgresql://";

    static StoreAddress parse(String text) {
        if (text.startsWith(POSTGRESQL) || text.startsWith("postgres://")) {
            return postgresql(text.substring(text.indexOf("://") + 3));
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("\"" + text.substring(0, text.indexOf("://"))
                    + "\" names no store; write a file such as fleet.db, or postgresql://USER@HOST/DATABASE");
        }
        return new StoreAddress(
                Dialect.SQLITE, "jdbc:sqlite:" + Path.of(text).toAbsolutePath(), new Properties(), text);
    }

    private static StoreAddress postgresql(String rest) {
        Properties credentials = new Properties();
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1);
        if (at >= 0) {
            String[] user = rest.substring(0, at).split(":", 2);
            credentials.setProperty("user", user[0]);
            if (user.length == 2) {
                credentials.setProperty("password", user[1]);
            }
        }
        if (place.indexOf('/') < 1 || place.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a PostgreSQL store is written postgresql://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE");
        }
        credentials.setProperty("ApplicationName", "spikelet");
        credentials.setProperty("reWriteBatchedInserts", "true");
        credentials.setProperty("connectTimeout", "10");
        credentials.setProperty("socketTimeout", "60");
        return new StoreAddress(Dialect.POSTGRESQL, "jdbc:" + POSTGRESQL + place, credentials, POSTGRESQL + place);
    }

    /** A properties object would print the password. */
    @Override
    public String toString() {
        return shown;
    }
}
