package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.EdgeWire;
import io.spikelet.hal.sim.EdgeWireReader;
import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the published runner sent in its three modes, sent again to a whole board on pseudo-terminals; the files name their maker. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class RunnerTranscriptTest {
    private static final int INPUTS = 70;
    private static final Pattern SCORE = Pattern.compile("[01]\\.\\d{3}");
    private static final String GREETING = "m-init-done\r\nm-ready\r\n";

    @TempDir
    Path folder;

    private final SimStore store = new SimStore();

    @BeforeEach
    void install() throws Exception {
        TestBoard.install(store, TestNetworks.wider(INPUTS, TestBoard.KEY));
    }

    private static List<String> transcript(String name) throws IOException {
        try (InputStream in = RunnerTranscriptTest.class.getResourceAsStream("/golden/dut/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** Sends each command and compares its answer byte for byte; numbers that the board alone knows are checked and masked. */
    private void replay(String name, LineBoard board, EdgeWireReader edges) throws IOException {
        assertEquals(GREETING, board.lines(2));
        List<String> lines = transcript(name);
        List<Long> laps = new ArrayList<>();
        for (int at = 0; at < lines.size(); ) {
            String line = lines.get(at++);
            if (line.equals("reopen")) {
                board.reopen();
            } else if (line.startsWith("edges ")) {
                assertEquals(Integer.parseInt(line.substring("edges ".length())), falling(edges), name + " line " + at);
            } else {
                // The runner writes a command and its end one after the other.
                String command = line.substring("> ".length(), line.length() - 1);
                board.write(command);
                board.write(line.substring(line.length() - 1));
                StringBuilder expected = new StringBuilder();
                int count = 0;
                for (; at < lines.size() && lines.get(at).startsWith("<"); at++) {
                    expected.append(lines.get(at).substring("< ".length())).append("\r\n");
                    count++;
                }
                assertEquals(expected.toString(), masked(board.lines(count), laps), name + " line " + at);
            }
        }
        assertEquals("", board.lines(1, 50));
        assertEquals(laps.stream().sorted().toList(), laps, "time runs backwards");
    }

    private static int falling(EdgeWireReader edges) {
        int falls = 0;
        while (edges.next()) {
            falls += edges.isHigh() ? 0 : 1;
        }
        assertEquals(0, edges.dropped());
        assertTrue(edges.isHigh(), "the pin rests high");
        return falls;
    }

    private static String masked(String answer, List<Long> laps) {
        StringBuilder text = new StringBuilder();
        for (String line : answer.split("(?<=\n)")) {
            Matcher lap = Pattern.compile("m-lap-us-(\\d+)\r\n").matcher(line);
            Matcher results = Pattern.compile("m-results-\\[([^]]+)]\r\n").matcher(line);
            if (lap.matches()) {
                laps.add(Long.parseLong(lap.group(1)));
                text.append("m-lap-us-~\r\n");
            } else if (results.matches()) {
                String[] scores = results.group(1).split(",");
                assertEquals(2, scores.length);
                assertTrue(
                        Arrays.stream(scores)
                                .allMatch(score -> SCORE.matcher(score).matches()),
                        line);
                assertEquals(
                        1000,
                        Arrays.stream(scores)
                                .mapToInt(score -> Integer.parseInt(score.replace(".", "")))
                                .sum(),
                        line);
                text.append("m-results-[*]\r\n");
            } else {
                text.append(line);
            }
        }
        return text.toString();
    }

    private void replayTold(String name) throws Exception {
        try (LineBoard board = new LineBoard(store, DutArguments.Mode.PERFORMANCE, MeasurementPin.NONE)) {
            replay(name, board, null);
        }
    }

    @Test
    void shouldAnswerTheRunnersAccuracyMode() throws Exception {
        replayTold("accuracy.txt");
    }

    @Test
    void shouldAnswerTheRunnersPerformanceMode() throws Exception {
        replayTold("performance.txt");
    }

    @Test
    void shouldAnswerEachCommandAndSayWhatIsWrongWithIt() throws Exception {
        replayTold("commands.txt");
    }

    @Test
    void shouldMarkWindowsByEdgesAloneInTheRunnersEnergyMode() throws Exception {
        try (EdgeWire wire = EdgeWire.open(folder.resolve("pin"));
                EdgeWireReader edges = new EdgeWireReader(folder.resolve("pin"))) {
            while (!wire.isRead()) {
                edges.next();
            }
            try (LineBoard board = new LineBoard(store, DutArguments.Mode.ENERGY, new MeasurementPin(wire))) {
                replay("energy.txt", board, edges);
            }
        }
    }

    @Test
    void shouldRefuseToInferOnABoardWithoutAModelAndStayInStep() throws Exception {
        try (LineBoard board = new LineBoard(new SimStore(), DutArguments.Mode.PERFORMANCE, MeasurementPin.NONE)) {
            assertEquals(GREETING, board.lines(2));
            board.write("db load 1%db 00%infer%name%");
            assertEquals(
                    "m-[Expecting 1 bytes]\r\nm-ready\r\nm-load-done\r\nm-ready\r\n"
                            + "e-[No model is at work on this board; flash an image first]\r\nm-ready\r\n"
                            + "m-name-dut-[pi-1]\r\nm-ready\r\n",
                    board.lines(8));
        }
    }

    @Test
    void shouldKeepQuietWhenToldTo() throws Exception {
        try (LineBoard board = new LineBoard(store, DutArguments.Mode.OFF, MeasurementPin.NONE)) {
            board.write("name%");
            assertEquals("", board.lines(1, 300));
        }
    }
}
