package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink.Message;
import io.spikelet.telemetry.PrimaryHost.Change;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrimaryHostTest {
    private final PrimaryHost host = new PrimaryHost("scada");

    private Change say(String json) {
        return host.take(new Message("spBv1.0/STATE/scada", json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFollowTheHostInTheOrderOfItsTimestamps() {
        assertEquals(Change.NONE, say("{\"online\":false,\"timestamp\":5}"));
        assertEquals(Change.ONLINE, say("{\"online\":true,\"timestamp\":7}"));
        assertEquals(Change.NONE, say("{\"online\":false,\"timestamp\":6}"));
        assertTrue(host.isOnline());
        assertEquals(Change.NONE, say("{\"online\":true,\"timestamp\":7}"), "the same message again");
        assertEquals(Change.OFFLINE, say("{\"timestamp\":7,\"online\":false}"), "a will has its birth's timestamp");
        assertFalse(host.isOnline());
    }

    @Test
    void shouldHearAHostThatConnectedAnew() {
        say("{\"online\":true,\"timestamp\":7}");
        assertEquals(Change.ONLINE, say("{\"online\":true,\"timestamp\":9}"));
    }

    @Test
    void shouldTakeAnyTimestampOnANewConnection() {
        say("{\"online\":true,\"timestamp\":700}");
        host.forget();
        assertFalse(host.isOnline());
        assertEquals(Change.ONLINE, say("{\"online\":true,\"timestamp\":5}"));
    }

    @Test
    void shouldIgnoreWhatIsNoState() {
        Message other = new Message(
                "spBv1.0/STATE/other", "{\"online\":true,\"timestamp\":5}".getBytes(StandardCharsets.UTF_8));
        assertEquals(Change.NONE, host.take(other));
        for (String text : new String[] {
            "ONLINE",
            "",
            "{}",
            "[]",
            "{\"online\":true}",
            "{\"online\":1,\"timestamp\":5}",
            "{\"online\":true,\"timestamp\":\"5\"}",
            "{\"online\":true,\"timestamp\":-5}",
            "{\"online\":true,\"timestamp\":99999999999999999999}"
        }) {
            assertEquals(Change.NONE, say(text), text);
        }
        Random random = new Random(20_260_301);
        for (int round = 0; round < 5000; round++) {
            byte[] noise = new byte[random.nextInt(50)];
            random.nextBytes(noise);
            assertEquals(Change.NONE, host.take(new Message("spBv1.0/STATE/scada", noise)));
        }
    }
}
