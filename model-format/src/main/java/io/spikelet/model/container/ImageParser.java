package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Reads the bytes drawn at {@link ModelImage}; allocates nothing that the length of the input does not bound. */
final class ImageParser {
    private final byte[] bytes;
    private final ByteBuffer buffer;

    ImageParser(byte[] bytes) throws MalformedDataException {
        if (bytes.length > ModelImage.MAX_BYTES) {
            throw new MalformedDataException(
                    ModelImage.MAX_BYTES,
                    "an image holds at most " + ModelImage.MAX_BYTES + " bytes, this one " + bytes.length);
        }
        // A copy, so that what was checked is what is used.
        this.bytes = bytes.clone();
        this.buffer = ByteBuffer.wrap(this.bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    ModelImage parse() throws MalformedDataException {
        require(bytes.length >= ImageLayout.HEADER_SIZE, bytes.length, "the header is cut short");
        int headerSize = header();
        long payloadSize = Integer.toUnsignedLong(buffer.getInt(ImageLayout.IMAGE_SIZE_OFFSET));
        require(
                payloadSize >= 1 && payloadSize <= NetworkCodec.MAX_PAYLOAD,
                ImageLayout.IMAGE_SIZE_OFFSET,
                "an image's payload has 1.." + NetworkCodec.MAX_PAYLOAD + " bytes, this one claims " + payloadSize);
        require(
                headerSize + payloadSize + ImageLayout.UNSIGNED_TLV_SIZE <= bytes.length,
                bytes.length,
                "the image is cut short: header and payload claim " + (headerSize + payloadSize) + " bytes");
        int contentSize = headerSize + (int) payloadSize;
        int tlvSize = tlvSize(contentSize);

        int position = contentSize + ImageLayout.TLV_INFO_SIZE;
        byte[] digest = tlv(position, ImageLayout.TLV_SHA256, "SHA256", Sha256.BYTES);
        Optional<ModelImage.Signed> signed = Optional.empty();
        if (tlvSize == ImageLayout.SIGNED_TLV_SIZE) {
            position += ImageLayout.TLV_HEADER_SIZE + Sha256.BYTES;
            byte[] keyHash = tlv(position, ImageLayout.TLV_KEYHASH, "KEYHASH", Sha256.BYTES);
            position += ImageLayout.TLV_HEADER_SIZE + Sha256.BYTES;
            byte[] signature = tlv(position, ImageLayout.TLV_ED25519, "ED25519", ImageLayout.SIGNATURE_SIZE);
            signed = Optional.of(new ModelImage.Signed(keyHash, signature));
        }
        require(
                MessageDigest.isEqual(digest, Sha256.of(bytes, 0, contentSize)),
                contentSize + ImageLayout.TLV_INFO_SIZE + ImageLayout.TLV_HEADER_SIZE,
                "the image is damaged: its SHA-256 does not match its header and payload");
        return new ModelImage(bytes, headerSize, (int) payloadSize, version(), digest, signed);
    }

    private int header() throws MalformedDataException {
        require(
                buffer.getInt(ImageLayout.MAGIC_OFFSET) == ImageLayout.MAGIC,
                ImageLayout.MAGIC_OFFSET,
                "not an MCUboot image: the magic is not 0x96f3b83d");
        require(
                buffer.getInt(ImageLayout.LOAD_ADDRESS_OFFSET) == 0,
                ImageLayout.LOAD_ADDRESS_OFFSET,
                "a model has load address 0");
        require(
                buffer.getShort(ImageLayout.PROTECTED_TLV_SIZE_OFFSET) == 0,
                ImageLayout.PROTECTED_TLV_SIZE_OFFSET,
                "a model has no protected TLVs");
        int flags = buffer.getInt(ImageLayout.FLAGS_OFFSET);
        require(
                (flags & ~ImageLayout.FLAG_NON_BOOTABLE) == 0,
                ImageLayout.FLAGS_OFFSET,
                "a model is neither encrypted nor compressed nor fixed in place: flags 0x"
                        + Integer.toHexString(flags));
        require(buffer.getInt(ImageLayout.PAD_OFFSET) == 0, ImageLayout.PAD_OFFSET, "the header's padding is not 0");
        int headerSize = Short.toUnsignedInt(buffer.getShort(ImageLayout.HEADER_SIZE_OFFSET));
        require(
                headerSize >= ImageLayout.HEADER_SIZE,
                ImageLayout.HEADER_SIZE_OFFSET,
                "a header has " + ImageLayout.HEADER_SIZE + " bytes or more, this one claims " + headerSize);
        return headerSize;
    }

    private Version version() {
        return new Version(
                Byte.toUnsignedInt(buffer.get(ImageLayout.MAJOR_OFFSET)),
                Byte.toUnsignedInt(buffer.get(ImageLayout.MINOR_OFFSET)),
                Short.toUnsignedInt(buffer.getShort(ImageLayout.REVISION_OFFSET)),
                Integer.toUnsignedLong(buffer.getInt(ImageLayout.BUILD_OFFSET)));
    }

    private int tlvSize(int offset) throws MalformedDataException {
        int magic = Short.toUnsignedInt(buffer.getShort(offset));
        require(
                magic == ImageLayout.TLV_INFO_MAGIC,
                offset,
                "the TLVs start with 0x6907, here stands 0x" + Integer.toHexString(magic));
        int claimed = Short.toUnsignedInt(buffer.getShort(offset + Short.BYTES));
        int left = bytes.length - offset;
        require(
                claimed == left,
                offset + Short.BYTES,
                "the TLVs claim " + claimed + " bytes, the image has " + left + " behind its payload");
        require(
                claimed == ImageLayout.UNSIGNED_TLV_SIZE || claimed == ImageLayout.SIGNED_TLV_SIZE,
                offset + Short.BYTES,
                "a model's TLVs are SHA256, or SHA256, KEYHASH and ED25519, of " + ImageLayout.UNSIGNED_TLV_SIZE
                        + " or " + ImageLayout.SIGNED_TLV_SIZE + " bytes, not " + claimed);
        return claimed;
    }

    private byte[] tlv(int offset, int type, String name, int length) throws MalformedDataException {
        int foundType = Short.toUnsignedInt(buffer.getShort(offset));
        int foundLength = Short.toUnsignedInt(buffer.getShort(offset + Short.BYTES));
        require(
                foundType == type && foundLength == length,
                offset,
                "here belongs TLV " + name + " 0x" + Integer.toHexString(type) + " of " + length + " bytes, not 0x"
                        + Integer.toHexString(foundType) + " of " + foundLength);
        int start = offset + ImageLayout.TLV_HEADER_SIZE;
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    private static void require(boolean holds, long offset, String reason) throws MalformedDataException {
        if (!holds) {
            throw new MalformedDataException(offset, reason);
        }
    }
}
