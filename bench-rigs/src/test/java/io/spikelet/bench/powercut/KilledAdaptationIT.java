package io.spikelet.bench.powercut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.bench.powercut.KilledAdaptation.Outcome;
import io.spikelet.host.link.AdaptationClient;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.link.SmpRefusedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real board process that adapts, killed with SIGKILL; {@code spikelet bench powercut} does it a hundred times. */
class KilledAdaptationIT {
    private static final int KILLS = 5;

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
        requireThatAClientSeesAndSteersIt(outcome);
    }

    /** On the board as the kills left it. */
    private void requireThatAClientSeesAndSteersIt(Outcome outcome) throws Exception {
        Path home = Path.of(System.getProperty("spikelet.home"));
        try (KilledBoard board = KilledBoard.start(home, folder, List.of("--adapt", "interval=8,checkpoint=16"))) {
            AdaptationClient adaptation = board.client().adaptation();
            Kind found = adaptation.events().getLast().kind();
            assertEquals(Kind.RESTORED, found);
            byte[] samples = new byte[2 * board.client().status().sampleBytes()];
            samples[5] = 9;
            Inferences answers = board.client().infer(samples, 2, null);
            assertEquals(outcome.samples() + 1, adaptation.label(answers.numbers()[0], 3));
            assertEquals(outcome.samples() + 2, adaptation.reward(answers.numbers()[1], true));
            assertThrows(SmpRefusedException.class, () -> adaptation.label(1_000, 3));
            adaptation.tell(AdaptationClient.Order.ROLL_BACK);
            assertEquals(Kind.TOLD_TO_ROLL_BACK, adaptation.events().getLast().kind());
            assertEquals(0, adaptation.status().atRisk());
            assertEquals(outcome.promotions(), adaptation.status().promotions());
        }
    }
}
