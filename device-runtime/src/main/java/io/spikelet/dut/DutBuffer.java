package io.spikelet.dut;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/** The input as {@code db} commands load it, byte by byte, until an inference takes it. */
final class DutBuffer {
    /** More than any input of the models that a board bears. */
    static final int MAX_BYTES = 1 << 22;

    private static final int BYTES_A_LINE = 8;

    private final Speaker speaker;
    private byte[] bytes = new byte[0];
    private int filled;

    DutBuffer(Speaker speaker) {
        this.speaker = speaker;
    }

    /** Carries out a {@code db} command. */
    void carryOut(String[] words) throws IOException {
        if (words.length < 2) {
            speaker.say("e-[db needs load N, print or bytes]");
            return;
        }
        switch (words[1]) {
            case "load" -> load(words);
            case "print" -> print();
            default -> add(words[1]);
        }
    }

    /** All bytes, once they have come. */
    Optional<byte[]> loaded() {
        return bytes.length > 0 && filled == bytes.length ? Optional.of(bytes.clone()) : Optional.empty();
    }

    private void load(String[] words) throws IOException {
        int count = words.length > 2 ? Decimal.parse(words[2]) : 0;
        if (count < 1 || count > MAX_BYTES) {
            speaker.say("e-[db load needs a number of bytes, 1 to " + MAX_BYTES + "]");
            return;
        }
        bytes = new byte[count];
        filled = 0;
        speaker.say("m-[Expecting " + count + " bytes]");
    }

    /** What comes before a digit that is none has been loaded; what comes after the last byte is not looked at. */
    private void add(String digits) throws IOException {
        if (digits.length() % 2 != 0) {
            speaker.say("e-[A byte has two hexadecimal digits; one is missing]");
            return;
        }
        if (filled == bytes.length) {
            speaker.say("e-[No bytes are expected; send db load N first]");
            return;
        }
        for (int at = 0; at < digits.length(); at += 2) {
            if (!HexFormat.isHexDigit(digits.charAt(at)) || !HexFormat.isHexDigit(digits.charAt(at + 1))) {
                speaker.say("e-[" + digits.substring(at, at + 2) + " is no byte in hexadecimal digits]");
                return;
            }
            bytes[filled++] = (byte) HexFormat.fromHexDigits(digits, at, at + 2);
            if (filled == bytes.length) {
                speaker.say("m-load-done");
                return;
            }
        }
    }

    /** As the reference firmware does, with an empty line after a last line that is not full. */
    private void print() throws IOException {
        HexFormat hex = HexFormat.ofDelimiter("-");
        for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
            speaker.say("m-buffer-" + hex.formatHex(bytes, at, Math.min(bytes.length, at + BYTES_A_LINE)));
        }
        if (bytes.length % BYTES_A_LINE != 0) {
            speaker.say("");
        }
    }
}
