package io.spikelet.smp;

import io.spikelet.model.MalformedDataException;

/**
 * A header and the CBOR bytes after it.
 *
 * @param payload {@code header.length()} bytes; the array is shared, not copied
 */
public record SmpMessage(SmpHeader header, byte[] payload) {

    /** The largest message that every link carries: the serial frame counts message + CRC in 16 bits. */
    public static final int MAX_BYTES = 0xFFFF - SerialFrames.CRC_BYTES;

    public SmpMessage {
        if (header.length() != payload.length) {
            throw new IllegalArgumentException(
                    "header says " + header.length() + " bytes of payload: payload.length=" + payload.length);
        }
    }

    /** Takes a message apart. Its header must announce exactly the bytes that follow. */
    public static SmpMessage parse(byte[] message) throws MalformedDataException {
        SmpHeader header = SmpHeader.parse(message);
        if (header.length() != message.length - SmpHeader.BYTES) {
            throw new MalformedDataException(
                    SmpHeader.LENGTH_OFFSET,
                    "the SMP header announces " + header.length() + " bytes, " + (message.length - SmpHeader.BYTES)
                            + " follow");
        }
        byte[] payload = new byte[header.length()];
        System.arraycopy(message, SmpHeader.BYTES, payload, 0, payload.length);
        return new SmpMessage(header, payload);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[SmpHeader.BYTES + payload.length];
        header.write(bytes);
        System.arraycopy(payload, 0, bytes, SmpHeader.BYTES, payload.length);
        return bytes;
    }
}
