package io.spikelet.engine.gather;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array in a {@code long}, the first one lowest. */
public final class EightBytes {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_SEVEN = 0x7f * ONES;

    /** Gathers bits 0, 8, 16 .. 56 into bits 56 .. 63. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private EightBytes() {}

    /** All bits that any of some bytes has, 0..255. */
    public static int union(byte[] bytes, int from, int length) {
        long union = 0;
        int i = from;
        for (; i <= from + length - Long.BYTES; i += Long.BYTES) {
            union |= (long) LONG.get(bytes, i);
        }
        for (; i < from + length; i++) {
            union |= bytes[i] & 0xff;
        }
        union |= union >>> 32;
        union |= union >>> 16;
        return (int) (union | union >>> 8) & 0xff;
    }

    /** Bit k says whether byte {@code from + k} is not 0. */
    static long spikes(byte[] bytes, int from) {
        long eight = (long) LONG.get(bytes, from);
        long tops = (eight & LOW_SEVEN) + LOW_SEVEN | eight;
        return (tops >>> 7 & ONES) * GATHER >>> 56;
    }
}
