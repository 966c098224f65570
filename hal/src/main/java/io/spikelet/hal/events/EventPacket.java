package io.spikelet.hal.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * One packet of events on a live link (docs/events.md). Each stands alone: a reader may begin anywhere, and a damaged
 * packet costs its own events only.
 *
 * <pre>
 *  0       2       4        6            14                    14 + 6n    18 + 6n
 *  | ae 52 | n     | ~n     | base µs    | n events            | CRC-32   |            big endian
 *
 *  event   | µs after the event before, 2 | polarity 1, x 15   | y 2      |   the first: after the base
 * </pre>
 *
 * n is 1..{@value #MAX_EVENTS}, or 0 for the last packet of a stream. CRC-32 (ISO-HDLC, zlib's) is over all bytes
 * before it.
 */
final class EventPacket {
    static final int SYNC = 0xae52;
    static final int MAX_EVENTS = 1024;
    static final int MAX_DELTA_MICROS = 0xffff;
    static final int MAX_X = 0x7fff;

    static final int COUNT_OFFSET = Short.BYTES;
    static final int INVERSE_OFFSET = COUNT_OFFSET + Short.BYTES;
    static final int BASE_OFFSET = INVERSE_OFFSET + Short.BYTES;
    static final int EVENTS_OFFSET = BASE_OFFSET + Long.BYTES;
    static final int EVENT_BYTES = 3 * Short.BYTES;
    static final int MAX_BYTES = bytes(MAX_EVENTS);

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private EventPacket() {}

    /** The length of a packet of so many events. */
    static int bytes(int events) {
        return EVENTS_OFFSET + EVENT_BYTES * events + Integer.BYTES;
    }

    static int u16(byte[] from, int at) {
        return (short) U16.get(from, at) & 0xffff;
    }

    static long u64(byte[] from, int at) {
        return (long) U64.get(from, at);
    }

    static void putU16(byte[] into, int at, int value) {
        U16.set(into, at, (short) value);
    }

    static void putU64(byte[] into, int at, long value) {
        U64.set(into, at, value);
    }

    /** Whether the packet of {@code events} events that begins at {@code at} carries its own check. */
    static boolean isWhole(byte[] from, int at, int events, CRC32 crc) {
        return (int) U32.get(from, at + bytes(events) - Integer.BYTES) == check(from, at, events, crc);
    }

    /** Writes the frame around {@code events} events that already stand at the start of {@code into}. */
    static void seal(byte[] into, int events, long base, CRC32 crc) {
        putU16(into, 0, SYNC);
        putU16(into, COUNT_OFFSET, events);
        putU16(into, INVERSE_OFFSET, ~events);
        putU64(into, BASE_OFFSET, base);
        U32.set(into, bytes(events) - Integer.BYTES, check(into, 0, events, crc));
    }

    private static int check(byte[] bytes, int at, int events, CRC32 crc) {
        crc.reset();
        crc.update(bytes, at, bytes(events) - Integer.BYTES);
        return (int) crc.getValue();
    }
}
