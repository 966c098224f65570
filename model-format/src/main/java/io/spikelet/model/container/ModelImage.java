package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A model as an MCUboot image, whole by its SHA-256 and, once signed, genuine by its Ed25519 signature. Little endian:
 *
 * <pre>
 * offset size  field               value
 *      0    4  MAGIC               0x96f3b83d
 *      4    4  LOAD_ADDRESS        0
 *      8    2  HEADER_SIZE         H: 32 when written here, 32..65535 when read; what lies past 32 is padding
 *     10    2  PROTECTED_TLV_SIZE  0
 *     12    4  IMAGE_SIZE          N: bytes of the payload, 1..16777216
 *     16    4  FLAGS               0 when written here; 0x10, not bootable, may be read
 *     20    1  MAJOR               version
 *     21    1  MINOR               version
 *     22    2  REVISION            version
 *     24    4  BUILD               version
 *     28    4  PAD                 0
 *
 *      H    N  payload             NetworkCodec's bytes
 *
 *  H+N+0    2  TLV info magic      0x6907
 *  H+N+2    2  TLV total           bytes from H+N to the end of the image: 40 unsigned, 144 signed
 *  H+N+4    4  TLV header          0x10 SHA256, 0, u16 length 32
 *  H+N+8   32  SHA-256             over the H + N bytes of header and payload
 * H+N+40    4  TLV header          0x01 KEYHASH, 0, u16 length 32
 * H+N+44   32  key hash            SHA-256 of the signer's DER SubjectPublicKeyInfo
 * H+N+76    4  TLV header          0x24 ED25519, 0, u16 length 64
 * H+N+80   64  signature           Ed25519 of the 32 bytes of the SHA-256
 * </pre>
 *
 * <p>Source: MCUboot, {@code boot/bootutil/include/bootutil/image.h} (layout and TLV numbers),
 * {@code scripts/imgtool/image.py} (order of the TLVs; Ed25519 has {@code sign_digest} only, so that unless
 * {@code --pure} is asked for the SHA-256 is what is signed) and {@code scripts/imgtool/keys/ed25519.py} (the public
 * key as DER SubjectPublicKeyInfo). Protected, unknown, repeated or misplaced TLVs are refused: the TLV area is not
 * signed, so nothing in it may be left to a reader's taste.
 *
 * <p>Immutable. {@link #bytes}, {@link #payload} and {@link #digest} give a new array at each call.
 */
public final class ModelImage {
    /** The most bytes of an image. */
    public static final int MAX_BYTES = ImageLayout.MAX_IMAGE;

    /**
     * A signature and whose it is.
     *
     * @param keyHash SHA-256 of the signer's DER SubjectPublicKeyInfo
     * @param bytes Ed25519
     */
    record Signed(byte[] keyHash, byte[] bytes) {}

    private final byte[] bytes;
    private final int headerSize;
    private final int payloadSize;
    private final Version version;
    private final byte[] digest;
    private final Optional<Signed> signed;

    /** Takes the arrays as they are. */
    ModelImage(byte[] bytes, int headerSize, int payloadSize, Version version, byte[] digest, Optional<Signed> signed) {
        this.bytes = bytes;
        this.headerSize = headerSize;
        this.payloadSize = payloadSize;
        this.version = version;
        this.digest = digest;
        this.signed = signed;
    }

    /**
     * Puts a payload into an image without a signature.
     *
     * @param payload 1..{@link NetworkCodec#MAX_PAYLOAD} bytes
     */
    public static ModelImage unsigned(byte[] payload, Version version) {
        if (payload.length < 1 || payload.length > NetworkCodec.MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a payload has 1.." + NetworkCodec.MAX_PAYLOAD + " bytes: length=" + payload.length);
        }
        byte[] content = ByteBuffer.allocate(ImageLayout.HEADER_SIZE + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(ImageLayout.MAGIC_OFFSET, ImageLayout.MAGIC)
                .putShort(ImageLayout.HEADER_SIZE_OFFSET, (short) ImageLayout.HEADER_SIZE)
                .putInt(ImageLayout.IMAGE_SIZE_OFFSET, payload.length)
                .put(ImageLayout.MAJOR_OFFSET, (byte) version.major())
                .put(ImageLayout.MINOR_OFFSET, (byte) version.minor())
                .putShort(ImageLayout.REVISION_OFFSET, (short) version.revision())
                .putInt(ImageLayout.BUILD_OFFSET, (int) version.build())
                .put(ImageLayout.HEADER_SIZE, payload)
                .array();
        byte[] digest = Sha256.of(content, 0, content.length);
        return build(content, content.length, ImageLayout.HEADER_SIZE, version, digest, Optional.empty());
    }

    /** The same model, signed by this key alone: a signature that was there is replaced. */
    public ModelImage sign(ImageKey.Private key) {
        Signed signature = new Signed(key.publicKey().keyHash(), key.sign(digest));
        return build(bytes, headerSize + payloadSize, headerSize, version, digest, Optional.of(signature));
    }

    private static ModelImage build(
            byte[] content, int contentSize, int headerSize, Version version, byte[] digest, Optional<Signed> signed) {
        int tlvSize = signed.isPresent() ? ImageLayout.SIGNED_TLV_SIZE : ImageLayout.UNSIGNED_TLV_SIZE;
        ByteBuffer image = ByteBuffer.allocate(contentSize + tlvSize).order(ByteOrder.LITTLE_ENDIAN);
        image.put(content, 0, contentSize);
        image.putShort((short) ImageLayout.TLV_INFO_MAGIC).putShort((short) tlvSize);
        putTlv(image, ImageLayout.TLV_SHA256, digest);
        if (signed.isPresent()) {
            putTlv(image, ImageLayout.TLV_KEYHASH, signed.get().keyHash());
            putTlv(image, ImageLayout.TLV_ED25519, signed.get().bytes());
        }
        return new ModelImage(image.array(), headerSize, contentSize - headerSize, version, digest, signed);
    }

    private static void putTlv(ByteBuffer image, int type, byte[] value) {
        image.put((byte) type).put((byte) 0).putShort((short) value.length).put(value);
    }

    /**
     * Reads an image: its structure must be as drawn, its SHA-256 must hold, nothing may follow. Whose it is,
     * {@link #verify} says.
     *
     * @throws MalformedDataException with the offset from the start of the image
     */
    public static ModelImage parse(byte[] bytes) throws MalformedDataException {
        return new ImageParser(bytes).parse();
    }

    /**
     * Decides whether the image may be trusted.
     *
     * @param trusted the keys whose signature is accepted; empty refuses every image
     * @return the key that signed
     * @throws ImageRefusedException when it is not signed, or not by one of these keys
     */
    public ImageKey.Public verify(Collection<ImageKey.Public> trusted) throws ImageRefusedException {
        if (signed.isEmpty()) {
            throw new ImageRefusedException(
                    ImageRefusedException.Reason.UNSIGNED, "the image is not signed; sign it with a trusted key");
        }
        byte[] signer = signed.get().keyHash();
        for (ImageKey.Public key : trusted) {
            if (Arrays.equals(key.keyHash(), signer)) {
                if (!key.verifies(digest, signed.get().bytes())) {
                    throw new ImageRefusedException(
                            ImageRefusedException.Reason.BAD_SIGNATURE,
                            "the signature is not that of key " + shortHex(signer) + " over this image");
                }
                return key;
            }
        }
        throw new ImageRefusedException(
                ImageRefusedException.Reason.UNKNOWN_KEY,
                "the image is signed by key " + shortHex(signer) + ", which is none of the trusted ones ("
                        + trusted.size() + ")");
    }

    public boolean isSigned() {
        return signed.isPresent();
    }

    /** SHA-256 of the signer's DER SubjectPublicKeyInfo; empty where nobody signed. Whose it is, {@link #verify} says. */
    public Optional<byte[]> signer() {
        return signed.map(signature -> signature.keyHash().clone());
    }

    public Version version() {
        return version;
    }

    /** The whole image as it is stored and sent. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes of the whole image. */
    public int size() {
        return bytes.length;
    }

    /** What {@link NetworkCodec#decode} reads. */
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, headerSize, headerSize + payloadSize);
    }

    /** The SHA256 TLV: SHA-256 over header and payload, the same with and without a signature; names the image. */
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public String toString() {
        return "model image " + version + " " + shortHex(digest) + " (" + bytes.length + " bytes, "
                + (signed.isPresent() ? "signed by " + shortHex(signed.get().keyHash()) : "unsigned") + ")";
    }

    static String shortHex(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
