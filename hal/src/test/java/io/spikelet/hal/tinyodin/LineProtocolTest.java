package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineProtocolTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final SimTinyOdin sim = new SimTinyOdin(new TinyOdinChip(1));
    private final LineService service = new LineService(sim, sim);
    private final SynapseLayer layer = RandomLayers.of(new Random(4), 40, 33);

    /** Programs, and runs a sample against the CPU. */
    private void use(TinyOdin device) throws CoProcessorException {
        device.program(device.plan(layer));
        Random random = new Random(6);
        ChipRule rule = new ChipRule(layer, Firing.ONCE_A_STEP);
        int[] expected = new int[layer.outputs()];
        int[] found = new int[layer.outputs()];
        for (int step = 0; step < 12; step++) {
            int[] input = RandomLayers.spikes(random, layer.inputs());
            rule.step(input, expected);
            device.step(input, found);
            assertArrayEquals(expected, found, "step " + step);
        }
        assertTrue(device.counters().outputEvents() > 0);
    }

    private static TinyOdin device(Lines lines) {
        LinePort port = new LinePort(lines);
        return new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
    }

    @Test
    void shouldDriveAChipOverASocket() throws Exception {
        try (LineServer server = LineServer.open("127.0.0.1", 0, service);
                TinyOdin device = device(
                        new LinkLines(TcpLink.connect("127.0.0.1", server.port(), TIMEOUT_MILLIS), TIMEOUT_MILLIS))) {
            use(device);
        }
    }

    @Test
    void shouldTakeTheNextHostWhenOneHasSentGarbage() throws Exception {
        try (LineServer server = LineServer.open("127.0.0.1", 0, service)) {
            Random random = new Random(1);
            for (int host = 0; host < 5; host++) {
                try (TcpLink link = TcpLink.connect("127.0.0.1", server.port(), TIMEOUT_MILLIS)) {
                    byte[] garbage = new byte[20_000];
                    random.nextBytes(garbage);
                    for (int at = 0; host == 0 && at < garbage.length; at++) {
                        garbage[at] = 'a'; // a line without end
                    }
                    try {
                        link.write(garbage, 0, garbage.length);
                    } catch (IOException hungUp) {
                        assertTrue(hungUp.getMessage().contains("gone"), hungUp.getMessage());
                    }
                }
            }
            try (TinyOdin device = device(
                    new LinkLines(TcpLink.connect("127.0.0.1", server.port(), TIMEOUT_MILLIS), TIMEOUT_MILLIS))) {
                use(device);
            }
            assertFalse(server.lastFailure().isEmpty());
        }
    }

    @Test
    void shouldTimeOutOnAServerThatSaysNothingAndAskItNothingMore() throws Exception {
        try (TcpListener silent = TcpListener.open("127.0.0.1", 0);
                TinyOdin device =
                        device(new LinkLines(TcpLink.connect("127.0.0.1", silent.port(), TIMEOUT_MILLIS), 50))) {
            CoProcessorException failed =
                    assertThrows(CoProcessorException.class, () -> device.program(device.plan(layer)));
            assertEquals(Failure.TIMEOUT, failed.failure());
            assertTrue(failed.getMessage().contains("did not answer within 50 ms"), failed.getMessage());
            assertFalse(device.health().answers());
            failed = assertThrows(CoProcessorException.class, () -> device.program(device.plan(layer)));
            assertEquals(Failure.PORT, failed.failure());
            assertTrue(failed.getMessage().contains("owes an answer"), failed.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', err no such command",
        "nonsense, err no such command",
        "SPI 00, err no such command",
        "spi, err spi takes 1 to",
        "spi 0, err spi takes 1 to",
        "spi 0g, err spi takes hexadecimal",
        "'spi 00 ', err spi takes 1 to",
        "aer, err an event is a number",
        "aer -1, err an event is a number",
        "aer 1024, err an event is a number",
        "aer 99999999999, err an event is a number",
        "'aer 1  2', err an event is a number",
        "out 3, err out stands alone",
        "idle now, err idle stands alone",
        "reset all, err reset stands alone"
    })
    void shouldAnswerABadLineWithASentence(String line, String beginning) {
        String answer = service.ask(line);
        assertTrue(answer.startsWith(beginning), answer);
    }

    @Test
    void shouldBoundTheLengthOfWhatItTakes() {
        assertTrue(service.ask("spi " + "00".repeat(SpiPort.MOST_BYTES)).startsWith("ok 00"));
        assertTrue(service.ask("spi " + "00".repeat(SpiPort.MOST_BYTES + 1)).startsWith("err spi takes 1 to 2560"));
        assertTrue(service.ask("aer" + " 1".repeat(257)).startsWith("err aer takes 1 to 256"));
        assertTrue(service.ask("x".repeat(8193)).startsWith("err a line has at most"));
    }

    /** Half of the lines are mutations of good ones. */
    @Test
    void shouldAnswerWhateverComes() {
        Random random = new Random(8);
        String[] good = {"spi 8100300000", "aer 1 2 511", "out", "idle", "reset", "aer 0", "spi 00"};
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder(good[random.nextInt(good.length)]);
            for (int edit = random.nextInt(4); edit > 0; edit--) {
                int at = random.nextInt(line.length() + 1);
                line.insert(at, (char) (random.nextInt(8) == 0 ? random.nextInt(0x300) : 32 + random.nextInt(95)));
                line.deleteCharAt(random.nextInt(line.length()));
            }
            String answer = service.ask(line.toString());
            boolean err = answer.startsWith("err ");
            assertTrue(err || answer.equals("ok") || answer.startsWith("ok "), answer);
            assertTrue(answer.chars().allMatch(each -> each >= ' ' && each < 127), answer);
            refused += err ? 1 : 0;
        }
        assertTrue(refused > 1000 && refused < 19_000, refused + " lines were refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ko 1",
                "ok",
                "ok x",
                "ok 2",
                "ok -1",
                "ok 1 5",
                "ok 1 5:256",
                "ok 1 -5:3",
                "ok 1 5:3 6:4",
                "ok 2 5:3",
                "ok 1 :",
                "ok 300",
                "ok 99999999999999999999 1:1",
                "ok\u0000 1 5:3",
                "err it is on fire"
            })
    void shouldTakeNoStrangeAnswerForSpikes(String answer) {
        LinePort port = new LinePort(request -> answer);
        IOException refused = assertThrows(IOException.class, () -> port.take(new long[10]));
        assertTrue(refused.getMessage().contains("out"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "ok 3", "ok -1", "ok 1 1", "ok one", "err no"})
    void shouldTakeNoStrangeAnswerForAcknowledges(String answer) {
        LinePort port = new LinePort(request -> answer);
        assertThrows(IOException.class, () -> port.offer(new int[] {1, 2}, 0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "ok 00", "ok 0g", "ok 000000", "ok 00 00", "err no"})
    void shouldTakeNoStrangeAnswerForBytes(String answer) {
        LinePort port = new LinePort(request -> answer);
        assertThrows(IOException.class, () -> port.transfer(new byte[2], new byte[2], 2));
    }

    @Test
    void shouldHandOverSpikesInTheirOrderHoweverFewFit() throws Exception {
        LinePort port = new LinePort(request -> "ok 3 10:1 20:255 30:0");
        long[] two = new long[2];
        assertEquals(2, port.take(two));
        assertArrayEquals(new long[] {10 << 8 | 1, 20 << 8 | 255}, two);
        assertEquals(1, port.take(two));
        assertEquals(30 << 8, two[0]);
    }

    @Test
    void shouldPlayARecordedSessionBack() throws Exception {
        StringBuilder transcript = new StringBuilder("# a chip that was simulated\n\n");
        try (TinyOdin device = device(new RecordingLines(service, transcript))) {
            use(device);
        }
        Lines recorded = new TranscriptLines("session", new BufferedReader(new StringReader(transcript.toString())));
        try (TinyOdin device = device(recorded)) {
            use(device);
            int[] input = new int[layer.inputs()];
            input[0] = 1;
            CoProcessorException failed =
                    assertThrows(CoProcessorException.class, () -> device.step(input, new int[layer.outputs()]));
            assertEquals(Failure.PORT, failed.failure());
            assertEquals(EOFException.class, failed.getCause().getClass());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'> idle|< ok 1', out, was asked idle and now it is asked out",
        "'< ok 1', idle, should begin with \"> \"",
        "'> idle|> idle', idle, should begin with \"< \"",
        "'>idle', idle, should begin with \"> \"",
        "'> idle', idle, ends after line 1",
        "'', idle, ends after line 0"
    })
    void shouldSayWhereATranscriptDoesNotFit(String lines, String request, String complaint) {
        Lines transcript = new TranscriptLines("t", new BufferedReader(new StringReader(lines.replace('|', '\n'))));
        IOException refused = assertThrows(IOException.class, () -> transcript.ask(request));
        assertTrue(refused.getMessage().contains(complaint), refused.getMessage());
    }

    @Test
    void shouldPutALineTogetherFromPieces() throws Exception {
        try (LineServer server = LineServer.open("127.0.0.1", 0, service);
                TcpLink link = TcpLink.connect("127.0.0.1", server.port(), TIMEOUT_MILLIS)) {
            for (byte each : "reset\r\nidle\nnone\n".getBytes(StandardCharsets.US_ASCII)) {
                link.write(new byte[] {each}, 0, 1);
            }
            LineReader reader = new LineReader(link);
            long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
            assertEquals("ok", reader.read(deadline));
            assertEquals("ok 1", reader.read(deadline));
            assertTrue(reader.read(deadline).startsWith("err no such command: none"));
        }
    }
}
