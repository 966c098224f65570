package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink.Message;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest {
    @Test
    void shouldMatchFiltersAsMqttDefinesThem() {
        assertTrue(MemoryBroker.matches("spBv1.0/#", "spBv1.0/fleet/NBIRTH/a"));
        assertTrue(MemoryBroker.matches("a/+/c", "a/b/c"));
        assertFalse(MemoryBroker.matches("a/+", "a/b/c"));
        assertFalse(MemoryBroker.matches("a/b/c", "a/b"));
        assertTrue(MemoryBroker.matches("a/#", "a"));
    }

    @Test
    void shouldPublishTheWillOnlyWhenAClientGoesWithoutSayingSo() throws IOException {
        MemoryBroker broker = new MemoryBroker();
        MemoryBroker.Connection watcher = broker.connect();
        watcher.subscribe("dead/+", 1);
        broker.connect(Optional.of(new Message("dead/a", new byte[] {1}))).close();
        assertNull(watcher.poll(0));
        MemoryBroker.Connection board = broker.connect(Optional.of(new Message("dead/b", new byte[] {1})));
        board.abort();
        assertEquals("dead/b", watcher.poll(0).topic());
        assertThrows(IOException.class, () -> board.publish("x", new byte[0], 0, false));
    }

    @Test
    void shouldGiveRetainedMessagesToWhoeverSubscribesLater() throws IOException {
        MemoryBroker broker = new MemoryBroker();
        broker.connect().publish("state", new byte[] {7}, 1, true);
        MemoryBroker.Connection late = broker.connect();
        late.subscribe("state", 1);
        assertEquals(7, late.poll(0).payload()[0]);
    }
}
