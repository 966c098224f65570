package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.manage.BoardSettings;
import io.spikelet.manage.LogGroup;
import io.spikelet.manage.LogModule;
import io.spikelet.manage.LogRing;
import io.spikelet.manage.SettingKey;
import io.spikelet.manage.SettingsGroup;
import io.spikelet.smp.SmpServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host's end against the board's own groups. */
class ManagementClientTest {
    private final LogRing ring = new LogRing();
    private final SimStore store = new SimStore();
    private final List<SettingKey> keys = List.of(
            new SettingKey("telemetry/period", "1000", SettingKey.Effect.AT_ONCE, SettingKey.number(100, 9999)));
    private BoardSettings settings;
    private ManagementClient client;

    @BeforeEach
    void connect() throws IOException {
        settings = BoardSettings.open(store, keys);
        SmpServer server = new SmpServer(List.of(new LogGroup(ring), new SettingsGroup(settings)));
        client = new ManagementClient(
                new SmpClient(new DirectTransport(server), Clock.system(), new Patience(1_000, 1, 0)));
    }

    /** Hands each message to a server and its answer back. */
    private static final class DirectTransport implements SmpTransport {
        private final SmpServer server;
        private byte[] answer;

        DirectTransport(SmpServer server) {
            this.server = server;
        }

        @Override
        public void send(byte[] message) {
            answer = server.handle(message);
        }

        @Override
        public byte[] receive(int timeoutMillis) {
            byte[] given = answer;
            answer = null;
            return given;
        }

        @Override
        public void reopen() {
            answer = null;
        }

        @Override
        public String name() {
            return "direct";
        }

        @Override
        public void close() {
            answer = null;
        }
    }

    @Test
    void shouldReadTheWholeLogInItsOrderAndNothingTwice() throws IOException {
        assertEquals(List.of(), client.log(0));
        for (int i = 0; i < 100; i++) {
            ring.add(1_000_000L * i, LogModule.SMP, LogRing.Level.WARN, "line " + i);
        }
        List<LogLine> lines = client.log(0);
        assertEquals(100, lines.size());
        for (int i = 0; i < 100; i++) {
            assertEquals(new LogLine(i, 1_000_000L * i, 2, "line " + i), lines.get(i));
        }
        assertEquals(3, client.log(97).size());
    }

    @Test
    void shouldNotLetABoardSteerTheTerminal() throws IOException {
        ring.add(0, LogModule.SMP, LogRing.Level.INFO, "\u001b[2Jgone\nINFO forged");
        String text = client.log(0).getFirst().text();
        assertEquals("?[2Jgone?INFO forged", text);
    }

    @Test
    void shouldSetStoreAndTakeBackASetting() throws IOException {
        assertEquals("1000", client.setting("telemetry/period"));
        client.set("telemetry/period", "250");
        assertEquals("250", client.setting("telemetry/period"));
        assertEquals("250", settings.value("telemetry/period"));
        assertEquals("250", BoardSettings.open(store, keys).value("telemetry/period"));
        client.unset("telemetry/period");
        assertEquals("1000", settings.value("telemetry/period"));
        assertFalse(BoardSettings.open(store, keys).given("telemetry/period").isPresent());
    }

    @Test
    void shouldSayWhatTheBoardDoesNotTake() {
        IOException value = assertThrows(IOException.class, () -> client.set("telemetry/period", "5"));
        assertTrue(value.getMessage().startsWith("the board at direct does not take \"5\" for telemetry/period"));
        IOException name = assertThrows(IOException.class, () -> client.setting("wifi/key"));
        assertEquals(
                "the board at direct refused setting: it knows no setting of that name; docs/wire.md lists them",
                name.getMessage());
    }
}
