package io.spikelet.model.container;

import io.spikelet.model.NetworkCodec;

/** Where the bytes of an image stand; drawn at {@link ModelImage}. All numbers are little endian. */
final class ImageLayout {
    static final int MAGIC = 0x96f3b83d;
    static final int FLAG_NON_BOOTABLE = 0x10;

    static final int MAGIC_OFFSET = 0;
    static final int LOAD_ADDRESS_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int HEADER_SIZE_OFFSET = LOAD_ADDRESS_OFFSET + Integer.BYTES;
    static final int PROTECTED_TLV_SIZE_OFFSET = HEADER_SIZE_OFFSET + Short.BYTES;
    static final int IMAGE_SIZE_OFFSET = PROTECTED_TLV_SIZE_OFFSET + Short.BYTES;
    static final int FLAGS_OFFSET = IMAGE_SIZE_OFFSET + Integer.BYTES;
    static final int MAJOR_OFFSET = FLAGS_OFFSET + Integer.BYTES;
    static final int MINOR_OFFSET = MAJOR_OFFSET + Byte.BYTES;
    static final int REVISION_OFFSET = MINOR_OFFSET + Byte.BYTES;
    static final int BUILD_OFFSET = REVISION_OFFSET + Short.BYTES;
    static final int PAD_OFFSET = BUILD_OFFSET + Integer.BYTES;
    static final int HEADER_SIZE = PAD_OFFSET + Integer.BYTES;

    static final int MAX_HEADER_SIZE = 0xFFFF;

    static final int TLV_INFO_MAGIC = 0x6907;
    static final int TLV_INFO_SIZE = Short.BYTES + Short.BYTES;
    static final int TLV_HEADER_SIZE = Byte.BYTES + Byte.BYTES + Short.BYTES;

    static final int TLV_SHA256 = 0x10;
    static final int TLV_KEYHASH = 0x01;
    static final int TLV_ED25519 = 0x24;

    static final int SIGNATURE_SIZE = 64;

    static final int UNSIGNED_TLV_SIZE = TLV_INFO_SIZE + TLV_HEADER_SIZE + Sha256.BYTES;
    static final int SIGNED_TLV_SIZE =
            UNSIGNED_TLV_SIZE + TLV_HEADER_SIZE + Sha256.BYTES + TLV_HEADER_SIZE + SIGNATURE_SIZE;

    static final int MAX_IMAGE = MAX_HEADER_SIZE + NetworkCodec.MAX_PAYLOAD + SIGNED_TLV_SIZE;

    private ImageLayout() {}
}
