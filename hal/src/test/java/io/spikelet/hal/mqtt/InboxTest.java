package io.spikelet.hal.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink.Message;
import org.junit.jupiter.api.Test;

class InboxTest {
    @Test
    void shouldDropAndCountWhatGoesBeyondTheNumber() throws Exception {
        Inbox inbox = new Inbox(2, 1000);
        for (int i = 0; i < 5; i++) {
            inbox.add(new Message("t" + i, new byte[1]));
        }
        assertEquals(3, inbox.dropped());
        assertEquals("t0", inbox.poll(0).topic());
        assertEquals("t1", inbox.poll(0).topic());
        assertNull(inbox.poll(0));
    }

    @Test
    void shouldDropAndCountWhatGoesBeyondTheBytesAndTakeMoreWhenSomeWereRead() throws Exception {
        Inbox inbox = new Inbox(100, 100);
        inbox.add(new Message("a", new byte[90]));
        inbox.add(new Message("b", new byte[90]));
        assertEquals("a", inbox.poll(0).topic());
        inbox.add(new Message("c", new byte[90]));
        assertEquals("c", inbox.poll(0).topic());
        assertEquals(1, inbox.dropped());
    }

    @Test
    void shouldBeSpentOnlyWhenItsMessagesWereRead() throws Exception {
        Inbox inbox = new Inbox(2, 1000);
        inbox.add(new Message("a", new byte[1]));
        inbox.end();
        assertFalse(inbox.isSpent());
        assertEquals("a", inbox.poll(0).topic());
        assertTrue(inbox.isSpent());
        assertNull(inbox.poll(60_000));
    }
}
