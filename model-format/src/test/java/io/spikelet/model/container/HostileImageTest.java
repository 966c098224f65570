package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileImageTest {
    private static final int TLVS = 32 + 5;

    private final ImageKey.Private key = ImageKey.Private.generate();
    private final byte[] valid = ModelImage.unsigned(new byte[] {1, 2, 3, 4, 5}, new Version(1, 2, 3, 4))
            .sign(key)
            .bytes();

    @Test
    void shouldRefuseEveryTruncation() {
        for (int length = 0; length < valid.length; length++) {
            byte[] cut = Arrays.copyOf(valid, length);
            assertThrows(MalformedDataException.class, () -> ModelImage.parse(cut), "length " + length);
        }
    }

    @Test
    void shouldRefuseEveryFlippedBit() {
        for (int bit = 0; bit < valid.length * 8; bit++) {
            byte[] flipped = valid.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(accepts(flipped), "bit " + bit);
        }
    }

    @Test
    void shouldRefuseEveryFlippedByte() {
        for (int i = 0; i < valid.length; i++) {
            byte[] flipped = valid.clone();
            flipped[i] ^= (byte) 0xFF;
            assertFalse(accepts(flipped), "byte " + i);
        }
    }

    @Test
    void shouldFailTheHashWhenVersionOrPermittedFlagIsChanged() {
        for (int offset : new int[] {16, 20, 21, 22, 24, 27}) {
            byte[] changed = valid.clone();
            changed[offset] ^= 0x10;
            assertRefused(changed, "its SHA-256 does not match");
        }
    }

    @Test
    void shouldSurviveGarbage() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            assertFalse(accepts(garbage));
        }
    }

    @Test
    void shouldSurviveGarbageBehindAGoodMagic() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = valid.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt();
            }
            boolean same = Arrays.equals(valid, changed);
            assertEquals(same, accepts(changed));
        }
    }

    @Test
    void shouldRefuseHugeLengths() {
        for (int size : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, (16 << 20) + 1, 16 << 20, 6, 0}) {
            byte[] changed = valid.clone();
            view(changed).putInt(12, size);
            assertFalse(accepts(changed), "image size " + size);
        }
        for (int size : new int[] {0xFFFF, 0, 31, 33, 0x8000}) {
            byte[] changed = valid.clone();
            view(changed).putShort(8, (short) size);
            assertFalse(accepts(changed), "header size " + size);
        }
        for (int total : new int[] {0xFFFF, 0, 143, 145, 40}) {
            byte[] changed = valid.clone();
            view(changed).putShort(TLVS + 2, (short) total);
            assertFalse(accepts(changed), "TLV total " + total);
        }
        assertRefused(new byte[ModelImage.MAX_BYTES + 1], "an image holds at most");
    }

    @Test
    void shouldRefuseATlvLengthPastTheEnd() {
        for (int header : new int[] {TLVS + 4, TLVS + 40, TLVS + 76}) {
            byte[] changed = valid.clone();
            view(changed).putShort(header + 2, (short) 0xFFFF);
            assertRefused(changed, "of 65535");
        }
    }

    @Test
    void shouldRefuseTlvsThatAreRepeatedMisplacedOrUnknown() {
        byte[] sha = Arrays.copyOfRange(valid, TLVS + 4, TLVS + 40);
        byte[] keyHash = Arrays.copyOfRange(valid, TLVS + 40, TLVS + 76);
        byte[] signature = Arrays.copyOfRange(valid, TLVS + 76, TLVS + 144);
        assertTrue(accepts(withTlvs(0x6907, sha, keyHash, signature)));
        List<byte[]> hostile = List.of(
                withTlvs(0x6907),
                withTlvs(0x6907, sha, sha),
                withTlvs(0x6907, sha, sha, keyHash, signature),
                withTlvs(0x6907, sha, keyHash, signature, signature),
                withTlvs(0x6907, sha, keyHash),
                withTlvs(0x6907, sha, signature),
                withTlvs(0x6907, sha, signature, keyHash),
                withTlvs(0x6907, keyHash, sha, signature),
                withTlvs(0x6907, keyHash, signature),
                withTlvs(0x6907, sha, keyHash, signature, new byte[] {0x25, 0, 1, 0, 1}),
                withTlvs(0x6908, sha, keyHash, signature));
        for (byte[] image : hostile) {
            assertThrows(MalformedDataException.class, () -> ModelImage.parse(image));
        }
    }

    @Test
    void shouldRefuseTrailingBytes() {
        assertRefused(Arrays.copyOf(valid, valid.length + 1), "the TLVs claim 144 bytes, the image has 145");
    }

    /** Whether it parses and verifies; fails on any exception but the two that may come. */
    private boolean accepts(byte[] bytes) {
        try {
            ModelImage.parse(bytes).verify(List.of(key.publicKey()));
            return true;
        } catch (MalformedDataException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
            return false;
        } catch (ImageRefusedException e) {
            return false;
        }
    }

    private static void assertRefused(byte[] bytes, String reason) {
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> ModelImage.parse(bytes));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private byte[] withTlvs(int magic, byte[]... tlvs) {
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        for (byte[] tlv : tlvs) {
            area.writeBytes(tlv);
        }
        return view(new byte[TLVS + 4 + area.size()])
                .put(valid, 0, TLVS)
                .putShort((short) magic)
                .putShort((short) (4 + area.size()))
                .put(area.toByteArray())
                .array();
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
