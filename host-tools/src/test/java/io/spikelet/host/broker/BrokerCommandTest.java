package io.spikelet.host.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadUsersWithColonsInTheirPasswords() throws IOException {
        Path file = Files.writeString(folder.resolve("users"), "# the fleet\n\nboard-1:a:b\nhost:c\n");
        assertEquals(Map.of("board-1", "a:b", "host", "c"), BrokerCommand.readUsers(file));
    }

    @Test
    void shouldNameTheLineThatIsNoUserWithoutShowingIt() throws IOException {
        Path file = Files.writeString(folder.resolve("users"), "host:c\nsecret-without-a-name\n");
        String said = assertThrows(IllegalArgumentException.class, () -> BrokerCommand.readUsers(file))
                .getMessage();
        assertTrue(said.contains("line 2"), said);
        assertFalse(said.contains("secret"), said);
    }
}
