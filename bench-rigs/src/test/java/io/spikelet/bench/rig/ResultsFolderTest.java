package io.spikelet.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-28T04:05:06.7Z");

    @TempDir
    private Path folder;

    private Path keep(String label, String text) throws IOException {
        return new ResultsFolder(folder)
                .keep(NOW, label, draft -> ResultsFolder.write(draft, ResultsFolder.RESULT, text));
    }

    private static String result(double microjoules, double half, int correct) {
        return """
            {"format": 1, "manifest": {"started": "2026-11-28T04:05:06.7Z", "device": "d", "model": "m",
             "image": {"name": "n", "version": "1", "digest": "%s"}},
             "accuracy": {"samples": 100, "correct": %d},
             "energy": {"microjoules_per_inference": {"value": %s, "low": %s, "high": %s, "level": 0.98}}}\
            """.formatted("ab" + correct, correct, microjoules, microjoules - half, microjoules + half);
    }

    @Test
    void shouldNeverWriteOverARun() throws IOException {
        Path first = keep("board-7", "1");
        Path second = keep("board-7", "2");
        assertEquals("2026-11-28T040506Z-board-7", first.getFileName().toString());
        assertEquals("2026-11-28T040506Z-board-7-2", second.getFileName().toString());
        assertEquals("1", Files.readString(first.resolve(ResultsFolder.RESULT)));
        assertEquals(List.of(first, second), new ResultsFolder(folder).runs());
    }

    @Test
    void shouldLeaveNothingOfARunThatCouldNotBeWritten() throws IOException {
        assertThrows(
                IOException.class,
                () -> new ResultsFolder(folder).keep(NOW, "x", draft -> {
                    Files.writeString(draft.resolve(ResultsFolder.RESULT), "half");
                    throw new IOException("the card is full");
                }));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "a/b", "", "…", "..", "name with spaces"})
    void shouldKeepItsFolderWhateverADeviceCallsItself(String name) throws IOException {
        assertEquals(folder, keep(name, "{}").getParent());
    }

    @Test
    void shouldTellChangesWithAnIntervalAndWhatElseIsAnother() throws Exception {
        KeptRun before = KeptRun.read(keep("a", result(100, 1, 90)));
        KeptRun after = KeptRun.read(keep("b", result(103, 1, 97)));
        RunComparison comparison = new RunComparison(before, after);
        assertEquals(.03, comparison.energyChange().orElseThrow().value(), 1e-12);
        // 1.03 · √(.01² + (1/103)²)
        assertEquals(.03 + .014357, comparison.energyChange().orElseThrow().high(), 1e-5);
        assertEquals(.07, comparison.accuracyChange().orElseThrow().value(), 1e-12);
        // Newcombe's method 10 from Wilson's intervals .825634 to .944771 and .915484 to .989745
        assertEquals(
                .07 - Math.hypot(.97 - .915484, .944771 - .9),
                comparison.accuracyChange().orElseThrow().low(),
                1e-5);
        assertTrue(
                comparison.differences().getFirst().startsWith("another image"),
                comparison.differences().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\": 2}",
                "{\"format\": 1}",
                "nonsense",
                "{\"format\": 1, \"manifest\": 7}"
            })
    void shouldSayOfADamagedResultThatItIs(String text) throws IOException {
        Path run = keep("x", text);
        MalformedDataException damaged = assertThrows(MalformedDataException.class, () -> KeptRun.read(run));
        assertTrue(damaged.getMessage().contains(ResultsFolder.RESULT), damaged.getMessage());
    }

    @Test
    void shouldSayThatAFolderIsNoRun() {
        assertThrows(NoSuchFileException.class, () -> KeptRun.read(folder));
    }
}
