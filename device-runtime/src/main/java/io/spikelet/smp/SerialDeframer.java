package io.spikelet.smp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds messages in the bytes of a serial line, in pieces as they come. What else is on the line is text: printable
 * ASCII up to a LF (not part of it, nor a CR) or a {@code %} (part of it, the end of a lab rig's command).
 *
 * <p>The bytes 06 and 04 stand neither in text nor in base64, so each of them starts a new line wherever it comes:
 * after noise, or after a line whose end was lost. Nor does {@code %} stand in base64: it ends a broken frame's line, whose
 * bytes are then text, so that a command after noise is heard. A frame that is broken is dropped and counted, never
 * repaired; the client asks again. Memory is bounded by the largest message. One thread.
 */
public final class SerialDeframer {

    /** Longer text is dropped and counted; of a command that is longer the first so many bytes go on. */
    public static final int MAX_TEXT_BYTES = 512;

    private static final byte END_OF_COMMAND = '%';

    private enum State {
        TEXT,
        LEAD,
        FRAME_LINE,
        LONG_TEXT,
        SKIP_LINE
    }

    private final int maxMessage;
    private final Consumer<String> text;
    private final byte[] line;
    private final byte[] frame;
    private State state = State.TEXT;
    private boolean first;
    private int lineLength;
    private int frameLength;
    private long badFrames;
    private long droppedTexts;

    /** Text on the line is ignored. */
    public SerialDeframer(int maxMessage) {
        this(maxMessage, ignored -> {});
    }

    /**
     * @param maxMessage the largest message taken, 1..{@link SmpMessage#MAX_BYTES}
     * @param text is given each text that is not empty
     */
    public SerialDeframer(int maxMessage, Consumer<String> text) {
        if (maxMessage < 1 || maxMessage > SmpMessage.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "maxMessage must be 1.." + SmpMessage.MAX_BYTES + ": maxMessage=" + maxMessage);
        }
        this.maxMessage = maxMessage;
        this.text = text;
        this.frame = new byte[SerialFrames.LENGTH_BYTES + maxMessage + SerialFrames.CRC_BYTES];
        this.line = new byte[Math.max(MAX_TEXT_BYTES, Math.ceilDiv(frame.length, 3) * 4 + 1)];
    }

    /** Takes the next bytes of the line and returns the messages that became whole, in order. */
    public List<byte[]> feed(byte[] bytes, int offset, int length) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i], messages);
        }
        return messages;
    }

    /** Forgets a half line and a half frame, as after the port was opened anew. */
    public void clear() {
        state = State.TEXT;
        lineLength = 0;
        frameLength = 0;
    }

    private void take(byte b, List<byte[]> messages) {
        if (b == SerialFrames.START_0 || b == SerialFrames.NEXT_0) {
            leaveLine();
            first = b == SerialFrames.START_0;
            state = State.LEAD;
            return;
        }
        switch (state) {
            case TEXT -> takeText(b);
            case LEAD -> takeLead(b);
            case FRAME_LINE -> takeFrameLine(b, messages);
            case LONG_TEXT -> takeLongText(b);
            case SKIP_LINE -> {
                if (b == '\n' || b == END_OF_COMMAND) {
                    state = State.TEXT;
                }
            }
        }
    }

    /** A line that ends without LF, because the next one begins. */
    private void leaveLine() {
        if (state == State.FRAME_LINE) {
            dropFrame();
        }
        lineLength = 0;
    }

    private void takeLead(byte b) {
        if (b == (first ? SerialFrames.START_1 : SerialFrames.NEXT_1)) {
            state = State.FRAME_LINE;
            return;
        }
        state = State.TEXT;
        takeText(b);
    }

    private void takeText(byte b) {
        if (b == '\n') {
            giveText();
        } else if (b >= ' ' && b < 0x7F) {
            if (lineLength == MAX_TEXT_BYTES) {
                droppedTexts++;
                state = State.LONG_TEXT;
                takeLongText(b);
                return;
            }
            line[lineLength++] = b;
            if (b == END_OF_COMMAND) {
                giveText();
            }
        }
    }

    /** Whoever ends a command waits for an answer, however long the command is. */
    private void takeLongText(byte b) {
        if (b == '\n') {
            lineLength = 0;
            state = State.TEXT;
        } else if (b == END_OF_COMMAND) {
            line[lineLength - 1] = b;
            state = State.TEXT;
            giveText();
        }
    }

    private void giveText() {
        if (lineLength > 0) {
            String found = new String(line, 0, lineLength, StandardCharsets.US_ASCII);
            lineLength = 0;
            text.accept(found);
        }
    }

    private void takeFrameLine(byte b, List<byte[]> messages) {
        if (b == '\n') {
            state = State.TEXT;
            int end = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
            lineLength = 0;
            endFrameLine(end, messages);
        } else if (b == END_OF_COMMAND) {
            dropFrame();
            becomeText();
        } else if (lineLength == line.length) {
            lineLength = 0;
            dropFrame();
            state = State.SKIP_LINE;
        } else {
            line[lineLength++] = b;
        }
    }

    /** The line of a frame was none: its printable bytes are a command. */
    private void becomeText() {
        int length = lineLength;
        lineLength = 0;
        for (int i = 0; i < length && lineLength < MAX_TEXT_BYTES - 1; i++) {
            if (line[i] >= ' ' && line[i] < 0x7F) {
                line[lineLength++] = line[i];
            }
        }
        line[lineLength++] = END_OF_COMMAND;
        state = State.TEXT;
        giveText();
    }

    private void endFrameLine(int length, List<byte[]> messages) {
        if (first && frameLength > 0) {
            dropFrame();
        }
        if (!first && frameLength == 0) {
            badFrames++;
            return;
        }
        byte[] part = decode(length);
        if (part == null || part.length == 0 || frameLength + part.length > frame.length) {
            dropFrame();
            return;
        }
        System.arraycopy(part, 0, frame, frameLength, part.length);
        frameLength += part.length;
        if (frameLength >= SerialFrames.LENGTH_BYTES) {
            endFramePart(messages);
        }
    }

    /** The bytes of a base64 line; null when it is none. */
    private byte[] decode(int length) {
        try {
            return Base64.getDecoder().decode(Arrays.copyOf(line, length));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private void endFramePart(List<byte[]> messages) {
        int announced = (frame[0] & 0xFF) << 8 | frame[1] & 0xFF;
        int whole = SerialFrames.LENGTH_BYTES + announced;
        int length = announced - SerialFrames.CRC_BYTES;
        if (length < 1 || length > maxMessage || frameLength > whole) {
            dropFrame();
            return;
        }
        if (frameLength < whole) {
            return;
        }
        int crc = (frame[whole - 2] & 0xFF) << 8 | frame[whole - 1] & 0xFF;
        if (crc != SerialFrames.crc16(frame, SerialFrames.LENGTH_BYTES, length)) {
            dropFrame();
            return;
        }
        messages.add(Arrays.copyOfRange(frame, SerialFrames.LENGTH_BYTES, SerialFrames.LENGTH_BYTES + length));
        frameLength = 0;
    }

    private void dropFrame() {
        badFrames++;
        frameLength = 0;
    }

    /** Frames, or parts of one, that were dropped: cut, damaged, too large, or without a beginning. */
    public long badFrames() {
        return badFrames;
    }

    /** Texts longer than {@link #MAX_TEXT_BYTES}. */
    public long droppedTexts() {
        return droppedTexts;
    }
}
