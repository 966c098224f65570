package io.spikelet.hal.events;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes events, and writes them as each format's description says. */
final class Recordings {
    private Recordings() {}

    /** Writes a recording of a sensor of 34 x 34 pixels, or of the format's own size when it has one. */
    interface Writer {
        byte[] write(EventBuffer events);
    }

    /** Every format that {@link EventFiles} reads. */
    enum Format {
        EVENT_STREAM_DVS(events -> eventStream(events, 34, 34)),
        EVENT_STREAM_ATIS(events -> atis(events, 34, 34)),
        EVT2(Recordings::evt2),
        NMNIST(Recordings::nmnist),
        AEDAT2(events -> aedat2(events, "DVS128")),
        AEDAT2_DAVIS(events -> aedat2(events, "eu.seebetter.ini.chips.davis.DAVIS240C")),
        AEDAT3(Recordings::aedat3);

        private final Writer writer;

        Format(Writer writer) {
            this.writer = writer;
        }

        byte[] write(EventBuffer events) {
            return writer.write(events);
        }
    }

    /** Events on 34 x 34 pixels in order of time, within the 8 s that N-MNIST can say. */
    static EventBuffer random(long seed, int count) {
        Random random = new Random(seed);
        EventBuffer events = new EventBuffer(count);
        long micros = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            events.add(micros, random.nextInt(34), random.nextInt(34), random.nextInt(2));
            micros += random.nextInt(4) == 0 ? random.nextInt(2000) : random.nextInt(3);
        }
        return events;
    }

    /** Events from rows of µs, x, y, polarity. */
    static EventBuffer of(long[]... rows) {
        EventBuffer events = new EventBuffer(Math.max(1, rows.length));
        for (long[] row : rows) {
            events.add(row[0], (int) row[1], (int) row[2], (int) row[3]);
        }
        return events;
    }

    static EventSource open(byte[] bytes) throws IOException {
        return EventFiles.read("test", new ByteArrayInputStream(bytes));
    }

    /** All that a source gives. */
    static EventBuffer readAll(EventSource source) throws IOException {
        EventBuffer all = new EventBuffer(1 << 20);
        while (source.poll(all, 1000) > 0) {
            continue;
        }
        return all;
    }

    /** One line an event, which makes two buffers comparable. */
    static String text(EventBuffer events) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            text.append(events.micros(i)).append('/').append(events.x(i)).append('/');
            text.append(events.y(i)).append('/').append(events.polarity(i)).append('\n');
        }
        return text.toString();
    }

    static byte[] eventStream(EventBuffer events, int width, int height) {
        ByteArrayOutputStream out = eventStreamHeader(1, width, height);
        long before = 0;
        for (int i = 0; i < events.size(); i++) {
            long passed = events.micros(i) - before;
            for (; passed >= 127; passed -= 127) {
                out.write(0xff);
            }
            out.write((int) passed << 1 | events.polarity(i));
            pixel(out, events, i);
            before = events.micros(i);
        }
        return out.toByteArray();
    }

    static byte[] atis(EventBuffer events, int width, int height) {
        ByteArrayOutputStream out = eventStreamHeader(2, width, height);
        long before = 0;
        for (int i = 0; i < events.size(); i++) {
            long passed = events.micros(i) - before;
            while (passed >= 63) {
                int times = (int) Math.min(3, passed / 63);
                out.write(0xfc | times);
                passed -= 63 * times;
            }
            out.write((int) passed << 2 | events.polarity(i) << 1);
            pixel(out, events, i);
            before = events.micros(i);
        }
        return out.toByteArray();
    }

    static ByteArrayOutputStream eventStreamHeader(int type, int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("Event Stream".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {2, 0, 0, (byte) type});
        little16(out, width);
        little16(out, height);
        return out;
    }

    private static void pixel(ByteArrayOutputStream out, EventBuffer events, int event) {
        little16(out, events.x(event));
        little16(out, events.y(event));
    }

    private static void little16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    static byte[] evt2(EventBuffer events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("% evt 2.0\n% geometry 34x34\n% end\n".getBytes(StandardCharsets.US_ASCII));
        long high = -1;
        for (int i = 0; i < events.size(); i++) {
            if (events.micros(i) >> 6 != high) {
                high = events.micros(i) >> 6;
                evt2Word(out, 8, (int) (high & (1 << 28) - 1));
            }
            int low = (int) (events.micros(i) & 63);
            evt2Word(out, events.polarity(i), low << 22 | events.x(i) << 11 | events.y(i));
        }
        return out.toByteArray();
    }

    static void evt2Word(ByteArrayOutputStream out, int type, int rest) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type << 28 | rest)
                .array());
    }

    static byte[] nmnist(EventBuffer events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < events.size(); i++) {
            long micros = events.micros(i);
            out.write(events.x(i));
            out.write(events.y(i));
            out.write(events.polarity(i) << 7 | (int) (micros >> 16));
            out.write((int) (micros >> 8));
            out.write((int) micros);
        }
        return out.toByteArray();
    }

    static byte[] aedat2(EventBuffer events, String chip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("#!AER-DAT2.0\r\n# AEChip: " + chip + "\r\n").getBytes(StandardCharsets.US_ASCII));
        boolean davis = chip.contains("DAVIS");
        for (int i = 0; i < events.size(); i++) {
            int fromBottom = (davis ? 179 : 127) - events.y(i);
            int address = davis
                    ? fromBottom << 22 | events.x(i) << 12 | events.polarity(i) << 11
                    : fromBottom << 8 | events.x(i) << 1 | events.polarity(i);
            out.writeBytes(ByteBuffer.allocate(8)
                    .putInt(address)
                    .putInt((int) events.micros(i))
                    .array());
        }
        return out.toByteArray();
    }

    static byte[] aedat3(EventBuffer events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int from = 0; from < events.size(); from += 100) {
            int count = Math.min(100, events.size() - from);
            out.writeBytes(aedat3Header(1, 8, 4, 0, count));
            for (int i = from; i < from + count; i++) {
                int data = events.x(i) << 17 | events.y(i) << 2 | events.polarity(i) << 1 | 1;
                out.writeBytes(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(data)
                        .putInt((int) events.micros(i))
                        .array());
            }
        }
        return out.toByteArray();
    }

    static byte[] aedat3Header(int type, int eventBytes, int timeOffset, int timesOver, int count) {
        ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) type).putShort((short) 1).putInt(eventBytes).putInt(timeOffset);
        return header.putInt(timesOver)
                .putInt(count)
                .putInt(count)
                .putInt(count)
                .array();
    }
}
