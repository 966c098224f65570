package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.MemoryLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class LiveEventsTest extends EventSourceContract {
    private static final int SIDE = 128;

    private final MemoryLink[] link = MemoryLink.pair();
    private final LiveEvents source = new LiveEvents(link[1], SIDE, SIDE);

    @Override
    protected EventSource open(EventBuffer events) throws IOException {
        MemoryLink[] ends = MemoryLink.pair();
        LiveEventSender sender = new LiveEventSender(ends[0]);
        sender.send(events, 0, events.size());
        sender.end();
        return new LiveEvents(ends[1], 34, 34);
    }

    private static byte[] golden() throws IOException {
        return HexFormat.of().parseHex(GoldenBytesTest.cell("live"));
    }

    /** What a sender puts on the line. */
    private static byte[] sent(EventBuffer events) throws IOException {
        MemoryLink[] ends = MemoryLink.pair();
        LiveEventSender sender = new LiveEventSender(ends[0]);
        sender.send(events, 0, events.size());
        sender.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[100];
        for (int count = ends[1].read(part, 0); count > 0; count = ends[1].read(part, 0)) {
            out.write(part, 0, count);
        }
        return out.toByteArray();
    }

    /** Polls without waiting; each poll takes at least one read of what is on the line, so that a hundred take it all. */
    private static void drain(LiveEvents source, EventBuffer into) throws IOException {
        for (int polls = 0; polls < 100; polls++) {
            source.poll(into, 0);
        }
    }

    private String given(byte[] bytes) throws IOException {
        link[0].write(bytes, 0, bytes.length);
        EventBuffer into = new EventBuffer(1 << 16);
        drain(source, into);
        return Recordings.text(into);
    }

    @Test
    void shouldReadAndWriteTheBytesThatAnotherMakerWrote() throws IOException {
        assertEquals(GoldenBytesTest.events(), given(golden()));
        EventBuffer events =
                Recordings.readAll(Recordings.open(HexFormat.of().parseHex(GoldenBytesTest.cell("aedat3"))));
        assertArrayEquals(golden(), sent(events));
    }

    @Test
    void shouldDrawTheOffsetsThatItUses() {
        assertEquals(2, EventPacket.COUNT_OFFSET);
        assertEquals(4, EventPacket.INVERSE_OFFSET);
        assertEquals(6, EventPacket.BASE_OFFSET);
        assertEquals(14, EventPacket.EVENTS_OFFSET);
        assertEquals(6, EventPacket.EVENT_BYTES);
        assertEquals(18 + 6 * 1024, EventPacket.MAX_BYTES);
    }

    @Test
    void shouldReadAPacketThatComesAByteAtATime() throws IOException {
        EventBuffer into = new EventBuffer(9);
        byte[] bytes = golden();
        for (int i = 0; i < bytes.length; i++) {
            link[0].write(bytes, i, 1);
            source.poll(into, 0);
        }
        assertEquals(GoldenBytesTest.events(), Recordings.text(into));
        assertEquals(EventSource.END, source.poll(into, 0));
    }

    @Test
    void shouldGiveNothingWhileNothingCame() throws IOException {
        assertEquals(0, source.poll(new EventBuffer(1), 0));
        assertEquals(0, source.poll(new EventBuffer(1), 20));
    }

    @Test
    void shouldFindThePacketsAfterABeginningInTheMiddle() throws IOException {
        byte[] bytes = golden();
        String given = given(Arrays.copyOfRange(bytes, 5, bytes.length));
        assertEquals("300000/1/2/1\n", given);
        assertEquals(42 - 5, source.passedOver());
    }

    @Test
    void shouldLoseOnlyTheDamagedPacketWhicheverByteIsHit() throws IOException {
        EventBuffer events = Recordings.random(1, 3000);
        Set<String> sent = Recordings.text(events).lines().collect(Collectors.toSet());
        byte[] bytes = sent(events);
        Random random = new Random(2);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            MemoryLink[] ends = MemoryLink.pair();
            ends[0].write(damaged, 0, damaged.length);
            EventBuffer into = new EventBuffer(4000);
            LiveEvents live = new LiveEvents(ends[1], 34, 34);
            drain(live, into);
            assertTrue(into.size() >= 3000 - EventPacket.MAX_EVENTS, "events " + into.size());
            assertTrue(live.passedOver() > 0 && live.passedOver() <= EventPacket.MAX_BYTES);
            assertTrue(sent.containsAll(Recordings.text(into).lines().toList()));
        }
    }

    @Test
    void shouldSurviveRandomBytes() throws IOException {
        Random random = new Random(3);
        byte[] garbage = new byte[1 << 16];
        random.nextBytes(garbage);
        for (int at = 0; at + 6 < garbage.length; at += 50 + random.nextInt(500)) {
            int events = random.nextInt(1025);
            EventPacket.putU16(garbage, at, EventPacket.SYNC);
            EventPacket.putU16(garbage, at + 2, events);
            EventPacket.putU16(garbage, at + 4, ~events);
        }
        assertEquals("", given(garbage));
        assertTrue(source.passedOver() > garbage.length - EventPacket.MAX_BYTES);
    }

    @Test
    void shouldRefuseAWholePacketThatSaysWhatCannotBe() throws IOException {
        byte[] outside = sent(Recordings.of(new long[] {5, 1, 1, 0}, new long[] {6, SIDE, 0, 0}));
        link[0].write(outside, 0, outside.length);
        EventBuffer into = new EventBuffer(9);
        EventFormatException refused = assertThrows(EventFormatException.class, () -> source.poll(into, 0));
        assertTrue(refused.getMessage().contains("outside the sensor's 128 x 128 pixels"), refused.getMessage());
        assertEquals(14 + 6, refused.offset());
        assertEquals("5/1/1/0\n", Recordings.text(into));
        assertThrows(EventFormatException.class, () -> source.poll(into, 0));
    }

    @Test
    void shouldRefuseATimeBeyondTheRange() throws IOException {
        for (long base : new long[] {-1, Long.MAX_VALUE, 1L << 52, Long.MIN_VALUE}) {
            byte[] packet = new byte[EventPacket.bytes(1)];
            EventPacket.seal(packet, 1, base, new CRC32());
            MemoryLink[] ends = MemoryLink.pair();
            ends[0].write(packet, 0, packet.length);
            LiveEvents live = new LiveEvents(ends[1], SIDE, SIDE);
            assertThrows(EventFormatException.class, () -> live.poll(new EventBuffer(1), 0));
        }
    }

    @Test
    void shouldCarryTimesThatRunBackwardsOrFarAhead() throws IOException {
        EventBuffer events = Recordings.of(
                new long[] {70_000, 0, 0, 1},
                new long[] {135_535, 1, 0, 0},
                new long[] {201_071, 2, 0, 0},
                new long[] {3, 3, 0, 1},
                new long[] {EventBuffer.MAX_MICROS, 4, 0, 1});
        assertEquals(Recordings.text(events), given(sent(events)));
    }

    @Test
    void shouldSayThatTheSenderIsGoneWhenItDidNotSayTheEnd() throws IOException {
        byte[] bytes = golden();
        link[0].write(bytes, 0, 50);
        link[0].close();
        EventBuffer into = new EventBuffer(9);
        assertEquals(4, source.poll(into, 0));
        assertThrows(IOException.class, () -> source.poll(into, 0));
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> new LiveEvents(link[1], 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new LiveEvents(link[1], 1, 65537));
        assertThrows(IllegalArgumentException.class, () -> new LiveEvents(link[1], 32769, 1));
        LiveEventSender sender = new LiveEventSender(link[0]);
        assertThrows(
                IllegalArgumentException.class, () -> sender.send(Recordings.of(new long[] {0, 32768, 0, 0}), 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> sender.send(new EventBuffer(1), 0, 1));
    }
}
