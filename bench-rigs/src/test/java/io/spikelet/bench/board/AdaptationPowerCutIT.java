package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.powercut.KilledAdaptation;
import io.spikelet.bench.powercut.KilledAdaptation.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real board process that adapts, killed with SIGKILL; {@code spikelet bench powercut} does it a hundred times. */
class AdaptationPowerCutIT {
    private static final int KILLS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldGoOnFromWhatItsTwinHadLearnedAndLoseLessThanACheckpointInterval() throws Exception {
        Outcome outcome = new KilledAdaptation(Path.of(System.getProperty("spikelet.home")), folder)
                .run(KILLS, 20_260_302, _ -> {});
        System.out.println(outcome);
        assertEquals(0, outcome.torn());
        assertEquals(0, outcome.unsaid());
        assertTrue(outcome.mostLost() < outcome.interval(), outcome.toString());
        assertTrue(outcome.samples() > 0 && outcome.promotions() > 0, outcome.toString());
    }
}
