package io.spikelet.smp;

import java.util.Base64;

/**
 * A message as console lines, so that it can share a serial line with text.
 *
 * <pre>
 * line   06 09 (the first) or 04 14 (the others), base64, 0A; at most 127 bytes
 * base64 of: u16be(message length + 2) ‖ message ‖ u16be CRC-16/XMODEM of the message
 * </pre>
 *
 * The base64 is cut at multiples of 4 characters, so that each line decodes alone. One LF comes before everything: a
 * client ignores a frame that follows text on the same line.
 */
public final class SerialFrames {

    static final int LENGTH_BYTES = 2;
    static final int CRC_BYTES = 2;

    /** What stands beside a message within its frames. */
    public static final int FRAMING_BYTES = LENGTH_BYTES + CRC_BYTES;

    static final int START_0 = 0x06;
    static final int START_1 = 0x09;
    static final int NEXT_0 = 0x04;
    static final int NEXT_1 = 0x14;
    static final int LINE_BYTES = 127;
    /** Raw bytes a line carries: 124 base64 characters. */
    static final int LINE_RAW_BYTES = (LINE_BYTES - 3) / 4 * 3;

    private SerialFrames() {}

    /** @param message 1..{@link SmpMessage#MAX_BYTES} bytes */
    public static byte[] encode(byte[] message) {
        if (message.length == 0 || message.length > SmpMessage.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a message has 1.." + SmpMessage.MAX_BYTES + " bytes: message.length=" + message.length);
        }
        byte[] raw = withLengthAndCrc(message);
        int lines = Math.ceilDiv(raw.length, LINE_RAW_BYTES);
        byte[] frames = new byte[1 + 3 * lines + Math.ceilDiv(raw.length, 3) * 4];
        int at = 0;
        frames[at++] = '\n';
        for (int from = 0; from < raw.length; from += LINE_RAW_BYTES) {
            frames[at++] = (byte) (from == 0 ? START_0 : NEXT_0);
            frames[at++] = (byte) (from == 0 ? START_1 : NEXT_1);
            int length = Math.min(LINE_RAW_BYTES, raw.length - from);
            byte[] line = new byte[length];
            System.arraycopy(raw, from, line, 0, length);
            byte[] text = Base64.getEncoder().encode(line);
            System.arraycopy(text, 0, frames, at, text.length);
            at += text.length;
            frames[at++] = '\n';
        }
        return frames;
    }

    private static byte[] withLengthAndCrc(byte[] message) {
        byte[] raw = new byte[LENGTH_BYTES + message.length + CRC_BYTES];
        int announced = message.length + CRC_BYTES;
        int crc = crc16(message, 0, message.length);
        raw[0] = (byte) (announced >> 8);
        raw[1] = (byte) announced;
        System.arraycopy(message, 0, raw, LENGTH_BYTES, message.length);
        raw[raw.length - 2] = (byte) (crc >> 8);
        raw[raw.length - 1] = (byte) crc;
        return raw;
    }

    /** CRC-16/XMODEM: polynomial 0x1021, initial value 0, not reflected. */
    static int crc16(byte[] bytes, int offset, int length) {
        int crc = 0;
        for (int i = offset; i < offset + length; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            crc &= 0xFFFF;
        }
        return crc;
    }
}
