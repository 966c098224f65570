package io.spikelet.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.model.WeightKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Golden values: the table of four cells, by bench-rigs/golden/operations.py. */
class PairedDifferenceTest {
    private static final Path GOLDEN = Path.of("src/test/golden/operations.json");

    @Test
    void shouldGiveTheIntervalOfTheTableOfFourCells() throws Exception {
        JsonNode pairs = new ObjectMapper().readTree(GOLDEN.toFile()).get("pairs");
        assertEquals(5, pairs.size());
        for (JsonNode pair : pairs) {
            Accuracy.Interval interval = new PairedDifference(
                            pair.get("lost").asInt(),
                            pair.get("won").asInt(),
                            pair.get("count").asInt())
                    .interval();
            assertEquals(pair.get("low").asDouble(), interval.low(), 1e-9, pair::toString);
            // Nobody loses more than all.
            assertEquals(Math.min(100, pair.get("high").asDouble()), interval.high(), 1e-9, pair::toString);
        }
    }

    @Test
    void shouldCountWhatOneOfTwoNetworksAloneHadRight() {
        int[] labels = {0, 1, 2, 3, 4};
        PairedDifference difference = PairedDifference.of(new int[] {0, 1, 2, 0, 0}, new int[] {0, 9, 9, 3, 1}, labels);

        assertEquals(new PairedDifference(2, 1, 5), difference);
        assertEquals(20, difference.points(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new PairedDifference(3, 3, 5));
    }

    @Test
    void shouldAdviseByWhatTheIntervalTells() {
        assertEquals(
                "layer 'conv3' loses 6.0 points at int4 (95 %: 3.8 to 8.2): keep it int8",
                trial("conv3", WeightKind.INT8, WeightKind.INT4, 40_000, new PairedDifference(31, 1, 500)));
        assertEquals(
                "int4 costs nothing measurable at 'fc1' on 2000 samples (95 %: -0.3 to 0.4 points) and saves 102 kB",
                trial("fc1", WeightKind.INT8, WeightKind.INT4, 102_400, new PairedDifference(6, 5, 2000)));
        assertEquals(
                "binary at 'fc1' costs what 20 samples cannot tell from nothing (95 %: -7.9 to 17.0 points); it saves"
                        + " 7.0 kB",
                trial("fc1", WeightKind.INT8, WeightKind.BINARY, 7000, new PairedDifference(1, 0, 20)));
        assertEquals(
                "layer 'fc2' gains 6.0 points at int8 (95 %: 3.8 to 8.2) for 500 bytes: make it int8",
                trial("fc2", WeightKind.INT4, WeightKind.INT8, -500, new PairedDifference(1, 31, 500)));
        assertEquals(
                "int8 gains nothing measurable at 'fc2' on 500 samples (95 %: -0.4 to 0.4 points) and takes 1.50 MB"
                        + " more: keep it int4",
                trial("fc2", WeightKind.INT4, WeightKind.INT8, -1_500_000, new PairedDifference(0, 0, 500)));
    }

    private static String trial(String layer, WeightKind from, WeightKind to, long saved, PairedDifference loss) {
        assertTrue(!loss.isLoss() || !loss.isGain());
        assertFalse(loss.lost() == loss.won() && (loss.isLoss() || loss.isGain()));
        return new KindTrial(layer, from, to, saved, loss, 0.1).sentence();
    }
}
