package io.spikelet.host.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.cli.Spikelet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetVerbsTest {
    @TempDir
    private Path folder;

    private record Said(int code, String out, String err) {}

    private static Said spikelet(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Said(code, out.toString(), err.toString());
    }

    private static void refused(String sentence, String... arguments) {
        Said said = spikelet(arguments);
        assertEquals(2, said.code(), said.err());
        assertTrue(said.err().contains(sentence), said.err());
    }

    @Test
    void shouldCollectWithTheBrokerAndThePageInOneProcessAndEndInOrder() {
        String store = folder.resolve("fleet.db").toString();
        Said said = spikelet(
                "collect",
                "--embedded",
                "127.0.0.1:0",
                "--store",
                store,
                "--dashboard",
                "--listen",
                "127.0.0.1:0",
                "--seconds",
                "1",
                "--json");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("\"missing\" : 0"), said.out());
        assertTrue(said.err().contains("page        http://127.0.0.1:"), said.err());
        assertTrue(Files.exists(Path.of(store)));
        Said page = spikelet("dashboard", "--store", store, "--listen", "127.0.0.1:0", "--seconds", "1");
        assertEquals(0, page.code(), page.err());
    }

    @Test
    void shouldShowATokenItMadeForAnotherAddressAndOneOfAFileNever() throws Exception {
        String store = folder.resolve("fleet.db").toString();
        spikelet("collect", "--embedded", "127.0.0.1:0", "--store", store, "--seconds", "1");
        Said made = spikelet("dashboard", "--store", store, "--listen", "0.0.0.0:0", "--seconds", "1");
        assertTrue(made.out().matches("(?s).*\\?token=[0-9a-f]{32}.*"), made.out());
        Path token = folder.resolve("token");
        Files.writeString(token, "a-token-of-my-own\n");
        Said given = spikelet(
                "dashboard",
                "--store",
                store,
                "--listen",
                "0.0.0.0:0",
                "--token-file",
                token.toString(),
                "--seconds",
                "1");
        assertEquals(0, given.code(), given.err());
        assertFalse((given.out() + given.err()).contains("a-token-of-my-own"));
    }

    @Test
    void shouldSayInOneSentenceWhatCannotBe() {
        String missing = folder.resolve("none.db").toString();
        refused("name a broker", "collect");
        refused("name a broker", "collect", "--embedded", "--broker", "mqtt://localhost");
        refused("no part of a whole", "collect", "--broker", "mqtt://localhost", "--shard", "3/2");
        refused("its key go together", "collect", "--broker", "mqtts://localhost", "--certificate", missing);
        refused("open to the network", "collect", "--embedded", "0.0.0.0:0");
        refused("names no store", "collect", "--broker", "mqtt://localhost", "--store", "mysql://host/fleet");
        refused("'spikelet collect --store", "dashboard", "--store", missing);
        refused("no such file", "rollout", missing, "--store", missing, "--broker", "mqtt://localhost");
    }
}
