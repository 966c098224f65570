package io.spikelet.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.GoldenCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against {@code bench-rigs/golden/features.py}, which has the equations in double precision. */
class GoldenFeatureTest {
    private static final List<GoldenCase> CASES = GoldenCase.read("features");

    /** The table is at most 2 LSB low, and its value and the golden one are rounded. */
    private static final int LOGARITHM_LSBS = 3;

    /** A loud band is only rounded; a quiet one beside it also gets what the transform rounds. */
    private static final int SPECTRUM_LSBS = 8;

    @Test
    void shouldFindTheFeaturesOfMuscleSignals() {
        List<GoldenCase> cases = named("muscle");
        assertEquals(3, cases.size());
        for (GoldenCase golden : cases) {
            short[] window = shorts(golden.ints("window"));
            EmgFeatures features = new EmgFeatures(8, window.length / 8);
            int[] made = new int[features.size()];
            features.extract(window, 0, made);
            assertNear(golden.ints("features"), made, LOGARITHM_LSBS, golden.name());
            assertArrayEquals(
                    Arrays.copyOfRange(golden.ints("features"), 16, 32),
                    Arrays.copyOfRange(made, 16, 32),
                    "zero crossings and turns are counts, of " + golden.name());
        }
    }

    @Test
    void shouldFindTheFeaturesOfSpokenWordsAndCutSilenceAway() {
        List<GoldenCase> cases = named("speech");
        assertEquals(3, cases.size());
        for (GoldenCase golden : cases) {
            short[] samples = shorts(golden.ints("samples"));
            SpeechFeatures features = new SpeechFeatures(16000);
            int[] made = new int[features.size()];
            features.extract(samples, samples.length, made);
            assertNear(golden.ints("features"), made, SPECTRUM_LSBS, golden.name());
        }
    }

    @Test
    void shouldScaleFeaturesByWhatTheyWereOnTheDayOfTraining() {
        GoldenCase golden = named("scaling").getFirst();
        int[] features = golden.ints("features");
        int count = golden.number("count");
        OnOffScaling scaling = OnOffScaling.of(features, count, features.length / count);
        byte[] inputs = new byte[scaling.inputs()];
        scaling.encode(golden.ints("one"), 0, inputs, 0);
        assertArrayEquals(golden.bytes("inputs"), inputs);
    }

    private static List<GoldenCase> named(String begin) {
        return CASES.stream().filter(one -> one.name().startsWith(begin)).toList();
    }

    private static short[] shorts(int[] values) {
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }

    private static void assertNear(int[] golden, int[] made, int lsbs, String name) {
        assertEquals(golden.length, made.length, name);
        for (int i = 0; i < golden.length; i++) {
            assertTrue(
                    Math.abs(golden[i] - made[i]) <= lsbs,
                    name + ": feature " + i + " is " + made[i] + ", not " + golden[i]);
        }
    }
}
