package io.spikelet.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.bench.browser.Browser;
import io.spikelet.host.cli.Spikelet;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb as a person calls it. */
class RigCommandTest {
    private static final String TRACE = "document.getElementById('trace').toDataURL()";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void requirePython() {
        assumeTrue(StrangersDevice.canRun(), "python3 is not installed");
    }

    private int spikelet(String... words) {
        return Spikelet.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private int run(StrangersDevice device, String mode) {
        return run(device, mode, "sim");
    }

    private int run(StrangersDevice device, String mode, String meter) {
        return spikelet(
                "rig",
                "run",
                "--dut",
                "serial:" + device.path(),
                "--input-bytes",
                "40",
                "--mode",
                mode,
                "--meter",
                meter,
                "--idle",
                "0.2",
                "--windows",
                "2",
                "--seconds",
                ".2",
                "--scatter",
                "60",
                "--out",
                folder.resolve("results").toString());
    }

    private List<Path> kept() throws IOException {
        return new ResultsFolder(folder.resolve("results")).runs();
    }

    @Test
    void shouldKeepARunWithItsReportAndComparePushAndListIt() throws Exception {
        try (StrangersDevice device = StrangersDevice.start()) {
            assertEquals(0, run(device, "performance,energy"), err.toString());
        }
        Path run = kept().getFirst();
        for (String file : List.of("result.json", "report.html", "windows.csv", "trace.csv")) {
            assertTrue(Files.size(run.resolve(file)) > 100, file);
        }
        assertEquals(5, Files.readAllLines(run.resolve("windows.csv")).size());
        assertTrue(err.toString().contains("note: NOT by the rules of MLPerf Tiny"), err.toString());
        assertTrue(err.toString().contains("simulated"), err.toString());
        KeptRun read = KeptRun.read(run);
        assertEquals("stranger", read.device());
        assertTrue(read.is("/energy/simulated"));
        assertTrue(read.microjoules()
                .orElseThrow()
                .holds(read.microjoules().orElseThrow().value()));

        assertZooms(run.resolve("report.html"));

        assertEquals(0, spikelet("rig", "list", folder.resolve("results").toString()));
        assertTrue(out.toString().contains("simulated"), out.toString());
        assertEquals(0, spikelet("rig", "compare", run.toString(), run.toString()));
        assertTrue(out.toString().contains("+0.00 %"), out.toString());

        String store = folder.resolve("fleet.db").toString();
        assertEquals(0, spikelet("rig", "push", run.toString(), "--store", store));
        assertEquals(0, spikelet("rig", "push", run.toString(), "--store", store), "twice is once");
        try (JdbcFleetStore fleet = JdbcFleetStore.open(store)) {
            BoardSnapshot board = fleet.boardsChangedSince(0).getFirst();
            assertEquals(new BoardId("bench", "stranger"), board.id());
            assertEquals(read.inferencesPerSecond().orElseThrow(), board.number("Rig/InferencesPerSecond"));
            assertFalse(board.values().containsKey("Rig/EnergyMicrojoules"), "simulated power is no board's");
        }
    }

    /** The report in a real browser, wide and on a phone: its power trace is drawn, zooms and comes back, each window marked. */
    private static void assertZooms(Path report) throws Exception {
        if (Browser.installed().isEmpty()) {
            return;
        }
        try (Browser browser = Browser.start()) {
            for (int width : new int[] {1280, 390}) {
                browser.size(width, 844, width < 400);
                browser.open(report.toUri());
                browser.await(
                        "document.readyState == 'complete' && document.querySelectorAll('[data-trace]').length == 6");
                assertEquals("true", browser.evaluate("document.documentElement.scrollWidth <= innerWidth"));
                browser.await("document.getElementById('trace').width > " + width / 2);
                String all = browser.evaluate(TRACE);
                for (String shown : List.of("in", "2")) {
                    browser.evaluate("document.querySelector('[data-trace=\"" + shown + "\"]').click()");
                    browser.await(TRACE + " != '" + all + "'");
                    browser.evaluate("document.querySelector('[data-trace=\"all\"]').click()");
                    browser.await(TRACE + " == '" + all + "'");
                }
            }
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldKeepWhatWasDoneWhenTheMeterIsPulledInTheEnergyPhase() throws Exception {
        try (StrangersDevice device = StrangersDevice.start()) {
            assertEquals(3, run(device, "performance,energy", "sim,unplug=0.3"), err.toString());
            assertTrue(err.toString().contains("it broke off in energy: the simulated meter was unplugged"), "" + err);
            assertEquals(0, run(device, "performance"), err.toString());
        }
        String results = folder.resolve("results").toString();
        KeptRun broken = KeptRun.read(kept().getFirst());
        assertTrue(broken.inferencesPerSecond().isPresent(), "performance was done");
        assertTrue(Files.readString(broken.folder().resolve("report.html")).contains("incomplete"));
        assertEquals(0, spikelet("rig", "list", results));
        assertTrue(out.toString().contains("INCOMPLETE: broke off in energy"), out.toString());
        assertEquals(
                0,
                spikelet(
                        "rig",
                        "compare",
                        kept().getLast().toString(),
                        broken.folder().toString()));
        assertTrue(out.toString().contains(broken.name() + " is incomplete"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({"unknown, 1, refused 'infer", "closes, 1, is gone", "reboots, 1, restarted while it answered"})
    void shouldEndWithOneSentenceAndKeepNothingWhereADeviceBreaks(String fault, int exitCode, String said)
            throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", fault)) {
            assertEquals(exitCode, run(device, "performance"), err.toString());
        }
        List<String> told = err.toString()
                .lines()
                .filter(line -> line.startsWith("spikelet: "))
                .toList();
        assertEquals(1, told.size(), err.toString());
        assertTrue(told.getFirst().contains(said), told.getFirst());
        try (Stream<Path> left = Files.list(folder.resolve("results"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldRefuseAndYetKeepARunWhoseWindowsScatter() throws Exception {
        try (StrangersDevice device = StrangersDevice.start("--fault", "scatter", "--micros", "200")) {
            int exitCode = spikelet(
                    "rig",
                    "run",
                    "--dut",
                    "serial:" + device.path(),
                    "--input-bytes",
                    "8",
                    "--mode",
                    "performance",
                    "--windows",
                    "3",
                    "--seconds",
                    ".1",
                    "--out",
                    folder.resolve("results").toString());
            assertEquals(1, exitCode, err.toString());
        }
        KeptRun run = KeptRun.read(kept().getFirst());
        assertTrue(run.is("/performance/refused"));
        assertTrue(run.inferencesPerSecond().isEmpty(), "what is refused is not reported");
    }

    @ParameterizedTest
    @CsvSource({
        "--dut usb:7,names no device under test",
        "--dut serial:/nowhere --mode energy,energy needs a meter",
        "--dut serial:/nowhere --mode accuracy,accuracy needs labelled samples",
        "--dut serial:/nowhere --mode speed,--mode is accuracy",
        "--dut serial:/nowhere --windows 0,--windows must be",
        "--dut serial:/nowhere --mode performance,how many bytes",
        "--dut serial:/nowhere --mode performance --input-bytes 8,no serial device at /nowhere",
        "--dut serial:/nowhere --meter sim --cut by-eye --input-bytes 8,--cut is auto"
    })
    void shouldAnswerBadUseWithExitCode2(String words, String said) {
        String[] all = ("rig run --out " + folder.resolve("results") + " " + words).split(" ");
        assertEquals(2, spikelet(all), err.toString());
        assertTrue(err.toString().contains(said), err.toString());
    }
}
