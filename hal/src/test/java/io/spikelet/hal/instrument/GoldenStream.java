package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A file of {@code bench-rigs/golden/meter_streams.py}: an instrument that answers by rote, and what it means. */
final class GoldenStream implements ByteLink {
    private static final double RELATIVE = 1e-9;

    private final Random cuts = new Random(5);
    private final List<byte[]> triggers = new ArrayList<>();
    private final List<byte[]> answers = new ArrayList<>();
    private final List<String[]> samples = new ArrayList<>();
    private final List<String[]> edges = new ArrayList<>();
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private final ArrayDeque<byte[]> coming = new ArrayDeque<>();
    private String[] counts = new String[0];

    GoldenStream(String name) throws IOException {
        String text;
        try (InputStream file = GoldenStream.class.getResourceAsStream("/golden/meters/" + name)) {
            text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
        // An answer to nothing comes first, unasked.
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "answer" -> {
                    if (words[1].isEmpty()) {
                        answer(HexFormat.of().parseHex(words[2]));
                        continue;
                    }
                    triggers.add(HexFormat.of().parseHex(words[1]));
                    answers.add(words.length > 2 ? HexFormat.of().parseHex(words[2]) : new byte[0]);
                }
                case "sample" -> samples.add(words);
                case "edge" -> edges.add(words);
                case "counts" -> counts = words;
                default -> assertEquals("#", words[0]);
            }
        }
    }

    /** Reads all, into blocks of odd sizes, and holds it against the file. */
    void assertReadBy(Meter meter) throws IOException {
        meter.start();
        SampleBlock block = new SampleBlock(37);
        long lost = 0;
        long broken = 0;
        long switches = 0;
        int sample = 0;
        int edge = 0;
        boolean more = true;
        while (more) {
            meter.read(block, coming.isEmpty() ? 0 : 1000);
            for (int at = 0; at < block.size(); at++) {
                String[] expected = samples.get(sample++);
                assertEquals(Long.parseLong(expected[1]), block.nanos(at), "time of sample " + (sample - 1));
                same(expected[2], block.watts(at), "watts of sample " + (sample - 1));
                same(expected[3], block.volts(at), "volts of sample " + (sample - 1));
                same(expected[4], block.amps(at), "amps of sample " + (sample - 1));
            }
            for (int at = 0; at < block.edgeCount(); at++) {
                String[] expected = edges.get(edge++);
                assertEquals(Long.parseLong(expected[1]), block.edgeNanos(at), "time of edge " + (edge - 1));
                assertEquals(Integer.parseInt(expected[2]), block.edgeInput(at));
                assertEquals(expected[3].equals("1"), block.edgeRises(at));
            }
            lost += block.lost();
            broken += block.broken();
            switches += block.rangeSwitches();
            more = !coming.isEmpty() || block.size() + block.edgeCount() > 0;
        }
        assertEquals(samples.size(), sample);
        assertEquals(edges.size(), edge);
        assertEquals(
                Arrays.toString(counts),
                Arrays.toString(new String[] {"counts", "" + lost, "" + broken, "" + switches}));
    }

    private static void same(String expected, double actual, String what) {
        double value = expected.equals("nan") ? Double.NaN : Double.parseDouble(expected);
        assertEquals(value, actual, Math.abs(value) * RELATIVE, what);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        asked.write(bytes, offset, length);
        byte[] all = asked.toByteArray();
        for (int at = 0; at < triggers.size(); at++) {
            byte[] trigger = triggers.get(at);
            if (all.length >= trigger.length
                    && Arrays.equals(trigger, Arrays.copyOfRange(all, all.length - trigger.length, all.length))) {
                triggers.remove(at);
                answer(answers.remove(at));
                return;
            }
        }
    }

    /** Cuts an answer at places that mean nothing. */
    private void answer(byte[] answer) {
        for (int at = 0; at < answer.length; ) {
            int length = Math.min(answer.length - at, 1 + cuts.nextInt(50));
            coming.add(Arrays.copyOfRange(answer, at, at + length));
            at += length;
        }
    }

    @Override
    public int read(byte[] into, int timeoutMillis) {
        byte[] next = coming.poll();
        if (next == null) {
            return 0;
        }
        System.arraycopy(next, 0, into, 0, next.length);
        return next.length;
    }

    /** All that was asked so far. */
    String asked() {
        return asked.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String name() {
        return "golden";
    }

    @Override
    public void close() {
        coming.clear();
    }
}
