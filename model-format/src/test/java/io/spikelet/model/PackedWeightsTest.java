package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedWeightsTest {
    private final Random random = new Random(5);

    private byte[] codes(WeightKind kind, int count) {
        byte[] codes = new byte[count];
        for (int i = 0; i < count; i++) {
            do {
                codes[i] = (byte) random.nextInt(256);
            } while (!kind.allows(codes[i]));
        }
        return codes;
    }

    /** The layout as one large number, whose bits are those of the drawing in model.proto. */
    private static BigInteger drawn(WeightKind kind, byte[] codes) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < codes.length; i++) {
            int code = kind == WeightKind.BINARY ? (codes[i] == 1 ? 1 : 0) : codes[i];
            BigInteger field = BigInteger.valueOf(code).mod(BigInteger.TWO.pow(kind.bits()));
            bits = bits.or(field.shiftLeft(i * kind.bits()));
        }
        return bits;
    }

    private static byte[] littleEndian(BigInteger bits, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = bits.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void shouldPackEveryLengthAsDrawnAndReadItBack(WeightKind kind) {
        for (int count = 1; count < 70; count++) {
            byte[] codes = codes(kind, count);
            byte[] packed = PackedWeights.pack(kind, codes);
            assertArrayEquals(littleEndian(drawn(kind, codes), (count * kind.bits() + 7) / 8), packed);
            assertArrayEquals(codes, PackedWeights.unpack(kind, packed, count));
        }
    }

    @Test
    void shouldSpendTheBitsThatTheKindSays() {
        assertEquals(100, PackedWeights.pack(WeightKind.INT8, new byte[100]).length);
        assertEquals(50, PackedWeights.pack(WeightKind.INT4, new byte[100]).length);
        assertEquals(25, PackedWeights.pack(WeightKind.TERNARY, new byte[100]).length);
        assertEquals(13, PackedWeights.pack(WeightKind.BINARY, codes(WeightKind.BINARY, 100)).length);
        assertEquals(63, PackedWeights.pack(WeightKind.LOG2, new byte[100]).length);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAWrongLength(WeightKind kind) {
        byte[] packed = PackedWeights.pack(kind, codes(kind, 40));
        for (double count : new double[] {0, 31, 50, 1e30, Double.NaN, -40}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> PackedWeights.unpack(kind, packed, count),
                    kind + " " + count);
            assertTrue(refused.getMessage().contains("its numbers ask for other weights"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INT4", "TERNARY", "BINARY", "LOG2"})
    void shouldRefuseABitPastTheLastWeight(WeightKind kind) {
        int count = 8 / kind.bits() + (8 % kind.bits() == 0 ? 1 : 0);
        byte[] packed = PackedWeights.pack(kind, codes(kind, count));
        packed[packed.length - 1] |= (byte) 0x80;
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PackedWeights.unpack(kind, packed, count));
        assertEquals("bits past the last weight must be 0", refused.getMessage());
    }

    @Test
    void shouldRefuseCodesThatMeanNothing() {
        refuses(WeightKind.INT8, (byte) 0x80, "a weight of kind INT8 cannot be -128");
        refuses(WeightKind.INT4, (byte) 0x08, "a weight of kind INT4 cannot be -8");
        refuses(WeightKind.TERNARY, (byte) 0x02, "a weight of kind TERNARY cannot be -2");
        refuses(WeightKind.LOG2, (byte) 0x10, "a weight of kind LOG2 cannot be 16");
    }

    private static void refuses(WeightKind kind, byte packed, String reason) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PackedWeights.unpack(kind, new byte[] {packed}, 1));
        assertEquals(reason, refused.getMessage());
    }

    @Test
    void shouldNotPackCodesThatMeanNothing() {
        for (WeightKind kind : WeightKind.values()) {
            assertThrows(IllegalArgumentException.class, () -> PackedWeights.pack(kind, new byte[] {Byte.MIN_VALUE}));
        }
        assertThrows(IllegalArgumentException.class, () -> PackedWeights.pack(WeightKind.BINARY, new byte[] {0}));
    }
}
