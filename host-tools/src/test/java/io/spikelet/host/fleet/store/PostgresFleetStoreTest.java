package io.spikelet.host.fleet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresFleetStoreTest extends FleetStoreContract {
    private static PostgresServer server;
    private static int databases;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(PostgresServer.installed().isPresent(), "PostgreSQL is not installed under /usr/lib/postgresql");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    FleetStore open() throws IOException {
        try {
            return JdbcFleetStore.open(server.database("fleet" + databases++));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void shouldKeepATextThatTheServerCannotHoldAsItIs() throws IOException {
        try (FleetStore store = open()) {
            Reading odd = new Reading(ONE, "t", 1, Double.NaN, "a\0b");
            store.write(new FleetStore.Batch(List.of(odd), List.of(), List.of()));
            List<Reading> all = new ArrayList<>();
            store.export(ONE, 0, 10, all::add);
            assertEquals("a\uFFFDb", all.getFirst().text());
        }
    }
}
