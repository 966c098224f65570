package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A runner and an SMP client share a line that is opened, closed and disturbed. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class RunnerOnTheLineTest {
    private static final int MOST_TRIES = 50;
    private static final String LOAD = "db load 6%db 010001010001%";
    private static final String LOADED = "m-[Expecting 6 bytes]\r\nm-ready\r\nm-load-done\r\nm-ready\r\n";
    private static final String NAMED = "m-name-dut-[pi-1]\r\nm-ready\r\n";
    private static final Pattern LAP = Pattern.compile("m-lap-us-(\\d+)");

    private final SimStore store = new SimStore();
    private LineBoard board;

    @BeforeEach
    void start() throws Exception {
        ModelImage image = TestNetworks.image("1.0.0", 0, TestBoard.KEY);
        TestBoard.install(store, image);
        board = new LineBoard(store, DutArguments.Mode.PERFORMANCE, MeasurementPin.NONE);
        board.upTo("m-ready");
    }

    @AfterEach
    void stop() throws IOException {
        board.close();
    }

    private static byte[] echo(String text, int sequence) {
        byte[] payload = Cbor.encode(Map.of("d", text));
        SmpHeader header = new SmpHeader(
                SmpHeader.VERSION_2, SmpHeader.WRITE, 0, payload.length, OsGroup.ID, sequence, OsGroup.ECHO);
        return SerialFrames.encode(new SmpMessage(header, payload).toBytes());
    }

    /** What answers an echo, as it stands on the line. */
    private static String echoed(String text, int sequence) {
        byte[] payload = Cbor.encode(Map.of("r", text));
        SmpHeader header = new SmpHeader(
                SmpHeader.VERSION_2, SmpHeader.WRITE + 1, 0, payload.length, OsGroup.ID, sequence, OsGroup.ECHO);
        return new String(SerialFrames.encode(new SmpMessage(header, payload).toBytes()), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldShowLifeWithinTheFiveSecondsThatARunnerWaitsForALineOfALongWindow() throws IOException {
        board.write(LOAD);
        assertEquals(LOADED, board.lines(4));
        board.write("infer 2000000000 0%");
        String begun = "";
        for (int line = 0; line < 10 && !LAP.matcher(begun).find(); line++) {
            begun = board.lines(1);
        }
        assertTrue(LAP.matcher(begun).find(), begun);
        assertEquals("\r\n", board.lines(1, 5000));
    }

    @Test
    void shouldBeInStepEachTimeThePortIsClosedAndOpenedAgain() throws IOException {
        Random random = new Random(3);
        for (int phase = 0; phase < 100; phase++) {
            board.reopen();
            board.write("name%");
            String first = board.lines(2);
            // Half a command of the phase before may have got through, or have been lost with the port.
            assertTrue(first.equals(NAMED) || first.equals("e-[Unknown command: zzname]\r\nm-ready\r\n"), first);
            board.write(LOAD);
            assertEquals(LOADED, board.lines(4));
            board.write("infer 2 1%");
            assertEquals(
                    "m-warmup-start-1\r\n"
                            + "m-warmup-done\r\n"
                            + "m-infer-start-2\r\n"
                            + "L\r\n"
                            + "L\r\n"
                            + "m-infer-done\r\n"
                            + "R\r\n"
                            + "m-ready\r\n",
                    board.lines(8).replaceAll("m-lap-us-\\d+", "L").replaceAll("m-results-\\[[0-9.,]+]", "R"));
            board.write(echo("phase " + phase, phase));
            assertEquals(echoed("phase " + phase, phase), board.lines(2));
            if (phase % 4 == 3) {
                board.write("zz"); // half a command, and the port goes away
            } else if (random.nextBoolean()) {
                board.write("\n");
            }
        }
    }

    @Test
    void shouldAnswerSmpWhileAWindowRunsAndStampTheWholeOfIt() throws IOException {
        board.write(LOAD);
        board.lines(4);
        board.write("infer 1000000 0%");
        String began = board.upTo("m-infer-start-1000000");
        assertTrue(began.startsWith("m-warmup-start-0\r\nm-warmup-done\r\n"), began);
        long start = System.nanoTime();
        board.write(echo("meanwhile", 7));
        String window = board.upTo("m-ready");
        long whole = (System.nanoTime() - start) / 1000;
        int answer = window.indexOf(echoed("meanwhile", 7));
        assertTrue(answer >= 0 && answer < window.indexOf("m-infer-done"), window);
        Matcher laps = LAP.matcher(window);
        assertTrue(laps.find());
        long first = Long.parseLong(laps.group(1));
        assertTrue(laps.find());
        long micros = Long.parseLong(laps.group(1)) - first;
        assertTrue(micros > whole / 2, micros + " us told of " + whole);
    }

    @Test
    void shouldAllocateNothingInAnInference() throws IOException {
        board.write(LOAD + "infer 10000 10000%"); // compiled by then
        board.upTo("m-infer-done");
        board.upTo("m-ready");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(board.thread().threadId());
        board.write("infer 1000000 0%");
        board.upTo("m-infer-done");
        long bytes = threads.getThreadAllocatedBytes(board.thread().threadId()) - before;
        // The turns between slices may allocate; one object an inference would be 16 bytes each.
        assertTrue(bytes < 1_000_000 * 2, bytes + " bytes");
    }

    @Test
    void shouldAnswerNoRunnerFromTheResetOnThatASavedSettingWaitsFor() throws IOException {
        send(3, 0, Map.of("name", "dut/mode", "val", "off".getBytes(StandardCharsets.US_ASCII)));
        send(3, 2, Map.of());
        board.write("name%");
        assertEquals(NAMED, board.lines(2));
        send(3, 3, Map.of());
        send(OsGroup.ID, OsGroup.RESET, Map.of());
        int tries = 0;
        String answer;
        do { // a request or two may be answered between the reset's answer and the reset
            board.write("name%");
            board.write(echo("still here", 9));
            answer = board.lines(2);
            if (answer.equals(NAMED)) {
                assertEquals(echoed("still here", 9), board.lines(2));
            }
        } while (answer.equals(NAMED) && ++tries < MOST_TRIES);
        assertEquals(echoed("still here", 9), answer);
    }

    /** A request that is answered by an empty map, in one frame. */
    private void send(int group, int command, Map<String, Object> fields) throws IOException {
        board.write(write(group, command, fields));
        assertTrue(board.lines(2).startsWith("\n\u0006\u0009"));
    }

    private static byte[] write(int group, int command, Map<String, Object> fields) {
        byte[] payload = Cbor.encode(fields);
        SmpHeader header = new SmpHeader(SmpHeader.VERSION_2, SmpHeader.WRITE, 0, payload.length, group, 1, command);
        return SerialFrames.encode(new SmpMessage(header, payload).toBytes());
    }

    @Test
    void shouldGiveUpARunWhenTheBoardStartsAgainAndSaySo() throws IOException {
        board.write(LOAD);
        board.lines(4);
        board.write("infer 2000000000 0%");
        board.upTo("m-infer-start-2000000000");
        board.write(write(OsGroup.ID, OsGroup.RESET, Map.of()));
        String end = board.upTo("m-ready");
        assertTrue(end.endsWith("e-[the board starts again]\r\nm-ready\r\n"), end);
        board.write("name%");
        assertEquals(NAMED, board.lines(2));
    }

    @Test
    void shouldTellBothApartOnALineFullOfNoise() throws Exception {
        Random random = new Random(12);
        List<String> texts = new ArrayList<>();
        SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES, texts::add);
        int named = 0;
        int noise = 0;
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(1000)];
            random.nextBytes(bytes);
            noise += bytes.length;
            board.write(bytes);
            board.write("%name%");
            board.write(echo("round " + round, round & 0xff));
            List<byte[]> messages = new ArrayList<>();
            while (messages.isEmpty()) {
                byte[] line = board.lines(1).getBytes(StandardCharsets.ISO_8859_1);
                assertTrue(line.length > 0, "no answer in round " + round);
                messages.addAll(deframer.feed(line, 0, line.length));
            }
            assertEquals(1, messages.size());
            assertEquals(
                    "round " + round,
                    Cbor.decode(SmpMessage.parse(messages.getFirst()).payload()).get("r"));
            while (texts.stream().filter("m-name-dut-[pi-1]"::equals).count() <= named) {
                byte[] line = board.lines(1).getBytes(StandardCharsets.ISO_8859_1);
                assertTrue(line.length > 0, "no name in round " + round);
                deframer.feed(line, 0, line.length);
            }
            named++;
        }
        assertTrue(noise > 80_000);
        for (String text : texts) {
            assertTrue(text.equals("m-ready") || text.equals("m-name-dut-[pi-1]") || text.startsWith("e-["), text);
        }
    }
}
