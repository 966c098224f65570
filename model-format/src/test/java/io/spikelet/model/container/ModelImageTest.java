package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.NetworkCodec;
import io.spikelet.model.container.ImageRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelImageTest {
    private final ImageKey.Private key = ImageKey.Private.generate();
    private final ImageKey.Public other = ImageKey.Private.generate().publicKey();
    private final byte[] payload = {1, 2, 3, 4, 5};
    private final ModelImage unsigned = ModelImage.unsigned(payload, new Version(255, 254, 65535, 4294967295L));

    @Test
    void shouldReadBackWhatItWrote() throws Exception {
        for (ModelImage image : List.of(unsigned, unsigned.sign(key))) {
            ModelImage back = ModelImage.parse(image.bytes());
            assertArrayEquals(image.bytes(), back.bytes());
            assertArrayEquals(payload, back.payload());
            assertArrayEquals(image.digest(), back.digest());
            assertEquals(image.version(), back.version());
            assertEquals(image.isSigned(), back.isSigned());
            assertEquals(image.bytes().length, back.size());
        }
    }

    @Test
    void shouldHoldTheLargestPayload() throws Exception {
        byte[] largest = new byte[NetworkCodec.MAX_PAYLOAD];
        largest[largest.length - 1] = 9;
        ModelImage image = ModelImage.unsigned(largest, new Version(0, 0, 0, 0)).sign(key);
        assertArrayEquals(largest, ModelImage.parse(image.bytes()).payload());
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelImage.unsigned(new byte[NetworkCodec.MAX_PAYLOAD + 1], new Version(0, 0, 0, 0)));
        assertThrows(IllegalArgumentException.class, () -> ModelImage.unsigned(new byte[0], new Version(0, 0, 0, 0)));
    }

    @Test
    void shouldKeepItsDigestWhenSigned() {
        assertArrayEquals(unsigned.digest(), unsigned.sign(key).digest());
    }

    @Test
    void shouldNameTheKeyThatSigned() throws Exception {
        assertEquals(key.publicKey(), unsigned.sign(key).verify(List.of(other, key.publicKey())));
        assertArrayEquals(key.publicKey().keyHash(), unsigned.sign(key).signer().orElseThrow());
        assertTrue(unsigned.signer().isEmpty());
    }

    @Test
    void shouldReplaceASignatureWhenSignedAgain() throws Exception {
        ModelImage twice = unsigned.sign(ImageKey.Private.generate()).sign(key);
        assertArrayEquals(unsigned.sign(key).bytes(), twice.bytes());
    }

    @Test
    void shouldRefuseAnUnsignedImage() {
        assertRefused(Reason.UNSIGNED, unsigned, List.of(key.publicKey()));
    }

    @Test
    void shouldRefuseAnUnknownKey() {
        assertRefused(Reason.UNKNOWN_KEY, unsigned.sign(key), List.of(other));
        assertRefused(Reason.UNKNOWN_KEY, unsigned.sign(key), List.of());
    }

    @Test
    void shouldRefuseTheSignatureOfAnotherImage() throws Exception {
        byte[] image = unsigned.sign(key).bytes();
        byte[] stranger = ModelImage.unsigned(new byte[] {9}, unsigned.version())
                .sign(key)
                .bytes();
        System.arraycopy(stranger, stranger.length - 64, image, image.length - 64, 64);
        assertRefused(Reason.BAD_SIGNATURE, ModelImage.parse(image), List.of(key.publicKey()));
    }

    @Test
    void shouldRefuseASignatureThatIsNoNumber() throws Exception {
        byte[] image = unsigned.sign(key).bytes();
        Arrays.fill(image, image.length - 64, image.length, (byte) 0xFF);
        assertRefused(Reason.BAD_SIGNATURE, ModelImage.parse(image), List.of(key.publicKey()));
    }

    @Test
    void shouldReadALongerHeaderAndKeepItWhenSigning() throws Exception {
        byte[] padded = padded(0x200, 0);
        ModelImage image = ModelImage.parse(padded).sign(key);
        assertArrayEquals(payload, ModelImage.parse(image.bytes()).payload());
        assertArrayEquals(Arrays.copyOf(padded, 0x205), Arrays.copyOf(image.bytes(), 0x205));
    }

    @Test
    void shouldReadAnImageMarkedNotBootable() throws Exception {
        assertArrayEquals(payload, ModelImage.parse(padded(32, 0x10)).payload());
    }

    @Test
    void shouldNotHandOutItsOwnBytes() {
        Arrays.fill(unsigned.bytes(), (byte) 0);
        Arrays.fill(unsigned.digest(), (byte) 0);
        assertFalse(Arrays.equals(new byte[unsigned.size()], unsigned.bytes()));
        assertFalse(Arrays.equals(new byte[32], unsigned.digest()));
    }

    @Test
    void shouldSayWhatItIs() {
        String text = unsigned.sign(key).toString();
        assertTrue(text.startsWith("model image 255.254.65535+4294967295 "), text);
        assertTrue(text.contains("(181 bytes, signed by "), text);
    }

    /** An image as imgtool makes it with another header size, unsigned. */
    private byte[] padded(int headerSize, int flags) {
        byte[] content = new byte[headerSize + payload.length];
        Arrays.fill(content, 0, headerSize, (byte) 0xFF);
        System.arraycopy(unsigned.bytes(), 0, content, 0, 32);
        System.arraycopy(payload, 0, content, headerSize, payload.length);
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(8, (short) headerSize)
                .putInt(16, flags);
        return ByteBuffer.allocate(content.length + 40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(content)
                .putShort((short) 0x6907)
                .putShort((short) 40)
                .put(new byte[] {0x10, 0, 32, 0})
                .put(Sha256.of(content, 0, content.length))
                .array();
    }

    private static void assertRefused(Reason reason, ModelImage image, Collection<ImageKey.Public> trusted) {
        ImageRefusedException refused = assertThrows(ImageRefusedException.class, () -> image.verify(trusted));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }
}
