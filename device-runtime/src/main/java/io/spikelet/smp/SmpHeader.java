package io.spikelet.smp;

import io.spikelet.model.MalformedDataException;

/**
 * The eight bytes before every message, big endian.
 *
 * <pre>
 *  0                    1       2        4       6          7
 *  | res3 | ver2 | op3  | flags | length | group | sequence | command |
 * </pre>
 *
 * @param version 0 (SMP v1 as the first clients speak it) or 1 (SMP v2); 2 and 3 are not defined yet
 * @param operation {@link #READ}, {@link #WRITE}, or one of them + 1 in an answer
 * @param length bytes after the header, 0..65535
 * @param group 0..65535; 64 and above belong to the product
 * @param sequence 0..255, echoed by the answer
 * @param command 0..255 within the group
 */
public record SmpHeader(int version, int operation, int flags, int length, int group, int sequence, int command) {

    public static final int BYTES = 8;

    public static final int READ = 0;
    public static final int READ_ANSWER = 1;
    public static final int WRITE = 2;
    public static final int WRITE_ANSWER = 3;

    public static final int VERSION_1 = 0;
    public static final int VERSION_2 = 1;

    static final int LENGTH_OFFSET = 2;
    static final int GROUP_OFFSET = LENGTH_OFFSET + Short.BYTES;
    static final int SEQUENCE_OFFSET = GROUP_OFFSET + Short.BYTES;
    static final int COMMAND_OFFSET = SEQUENCE_OFFSET + Byte.BYTES;

    public SmpHeader {
        check("version", version, 3);
        check("operation", operation, 7);
        check("flags", flags, 0xFF);
        check("length", length, 0xFFFF);
        check("group", group, 0xFFFF);
        check("sequence", sequence, 0xFF);
        check("command", command, 0xFF);
    }

    /** The header at the start of {@code message}; the reserved bits are ignored. */
    public static SmpHeader parse(byte[] message) throws MalformedDataException {
        if (message.length < BYTES) {
            throw new MalformedDataException(message.length, "an SMP message has at least " + BYTES + " bytes");
        }
        return new SmpHeader(
                message[0] >> 3 & 3,
                message[0] & 7,
                message[1] & 0xFF,
                unsigned16(message, LENGTH_OFFSET),
                unsigned16(message, GROUP_OFFSET),
                message[SEQUENCE_OFFSET] & 0xFF,
                message[COMMAND_OFFSET] & 0xFF);
    }

    /** True for READ and WRITE: what a server answers. Answers that come back to it are not answered again. */
    public boolean isRequest() {
        return operation == READ || operation == WRITE;
    }

    /** The header of the answer to this request: operation + 1, the sequence echoed, flags clear. */
    public SmpHeader answer(int answerVersion, int answerLength) {
        return new SmpHeader(answerVersion, operation + 1, 0, answerLength, group, sequence, command);
    }

    void write(byte[] into) {
        into[0] = (byte) (version << 3 | operation);
        into[1] = (byte) flags;
        into[LENGTH_OFFSET] = (byte) (length >> 8);
        into[LENGTH_OFFSET + 1] = (byte) length;
        into[GROUP_OFFSET] = (byte) (group >> 8);
        into[GROUP_OFFSET + 1] = (byte) group;
        into[SEQUENCE_OFFSET] = (byte) sequence;
        into[COMMAND_OFFSET] = (byte) command;
    }

    private static int unsigned16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }

    private static void check(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " must be 0.." + max + ": " + name + "=" + value);
        }
    }
}
