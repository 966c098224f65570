package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.nir.NirImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What one board learned goes to another by two commands, pull and flash, and to other tools as NIR. */
@Isolated("reads all that this process says on standard error")
class LearnedImageIT {
    private static final int TAUGHT = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldServeOnAnotherBoardWhatTheFirstOneLearned() throws Exception {
        DigitsRig first = DigitsRig.in(Files.createDirectory(folder.resolve("first")));
        DigitsRig second = DigitsRig.in(Files.createDirectory(folder.resolve("second")));
        SampleSet samples = first.samples();
        Path learned = folder.resolve("learned.img");
        Path nir = folder.resolve("learned.nir");
        byte[] onTheFirst;
        try (PluggedBoard board = PluggedBoard.start(first)) {
            new FlashAttempt(first.signed("1.0.0", 0)).run(board.client(), _ -> {});
            byte[] flashed = board.client().pullModel((_, _) -> {});
            board.client()
                    .learn(
                            Arrays.copyOf(samples.samples(), TAUGHT * samples.sampleBytes()),
                            Arrays.copyOf(samples.labels(), TAUGHT),
                            0);
            onTheFirst = board.client().pullModel((_, _) -> {});
            assertTrue(!Arrays.equals(flashed, onTheFirst), "nothing was learned");
            board.client().close();
            CommandRun.of(
                            "pull",
                            "--to",
                            "serial:" + board.path(),
                            "--model-version",
                            "1.0.1",
                            "--key",
                            second.privateKey(),
                            "-o",
                            learned,
                            "--nir",
                            nir,
                            "--trained",
                            first.model())
                    .requireDone();
        }
        try (PluggedBoard board = PluggedBoard.start(second)) {
            board.client().close();
            CommandRun.of("flash", learned, "--to", "serial:" + board.path()).requireDone();
        }
        try (PluggedBoard board = PluggedBoard.start(second)) {
            assertArrayEquals(onTheFirst, board.client().pullModel((_, _) -> {}));
        }
        assertTrue(NirImporter.read(nir).nodes().size() > 3);
        CommandRun.of("export", first.model(), "--learned", learned, "-o", folder.resolve("again.nir"))
                .requireDone();
    }
}
