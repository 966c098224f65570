package io.spikelet.host.fleet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFleetStoreTest extends FleetStoreContract {
    @TempDir
    private Path folder;

    @Override
    FleetStore open() throws IOException {
        return JdbcFleetStore.open(folder.resolve("fleet.db").toString());
    }

    @Test
    void shouldLetTwoProcessesWriteAndAThirdReadTheSameFile() throws IOException {
        try (FleetStore one = open();
                FleetStore two = open();
                FleetStore reader = open()) {
            for (int i = 0; i < 50; i++) {
                one.write(new FleetStore.Batch(List.of(new Reading(ONE, "a", i, i, null)), List.of(), List.of()));
                two.write(new FleetStore.Batch(List.of(new Reading(TWO, "b", i, i, null)), List.of(), List.of()));
            }
            assertEquals(50, reader.history(ONE, 0, 50, 50).get("a").size());
            assertEquals(50, reader.history(TWO, 0, 50, 50).get("b").size());
        }
    }

    @Test
    void shouldTakeAStoreOfBeforeCollectorsToldThatTheyAreAlive() throws Exception {
        try (FleetStore store = open()) {
            store.write(new FleetStore.Batch(List.of(new Reading(ONE, "a", 1, 1, null)), List.of(), List.of()));
        }
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("fleet.db"));
                Statement statement = old.createStatement()) {
            statement.execute("DROP TABLE collector");
        }
        try (FleetStore store = open()) {
            assertEquals(List.of(), store.beats());
            store.beat(new CollectorBeat("h", List.of(), 0, 1, 7));
            assertEquals(1, store.beats().size());
            assertEquals(1, store.history(ONE, 0, 2, 2).get("a").size());
        }
    }

    @Test
    void shouldSayInOneSentenceWhatIsNoStore() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "x".repeat(5000));
        IOException failure = assertThrows(IOException.class, () -> JdbcFleetStore.open(text.toString()));
        assertTrue(failure.getMessage().startsWith("the store " + text + " could not be"), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
        assertThrows(IllegalArgumentException.class, () -> JdbcFleetStore.open("mysql://host/fleet"));
        assertThrows(IllegalArgumentException.class, () -> JdbcFleetStore.open("postgresql://host"));
    }

    @Test
    void shouldNeverShowThePasswordOfAnAddress() {
        StoreAddress address = StoreAddress.parse("postgresql://fleet:secret@db.local:5433/fleet");
        assertFalse((address + address.url() + address.shown()).contains("secret"));
        assertEquals("secret", address.credentials().getProperty("password"));
        IOException failure = assertThrows(
                IOException.class, () -> JdbcFleetStore.open("postgresql://fleet:secret@127.0.0.1:1/fleet"));
        assertFalse(failure.getMessage().contains("secret"));
    }
}
