package io.spikelet.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureBoundsTest {
    @Test
    void shouldNotOverflowWhereEverySampleIsAtItsLimit() {
        short[] window = new short[EmgFeatures.KINDS * 32767];
        for (int i = 0; i < window.length; i++) {
            window[i] = (i / 8 + i) % 2 == 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
        }
        EmgFeatures features = new EmgFeatures(8, 32767);
        int[] made = new int[features.size()];
        features.extract(window, 0, made);
        int limit = 32 << Log2.BITS;
        for (int i = 0; i < made.length; i++) {
            boolean isCount = i >= 16 && i < 32;
            assertTrue(made[i] > 0 && (isCount || made[i] < limit), "feature " + i + " is " + made[i]);
        }
    }

    @Test
    void shouldHearLoudNoiseTonesAndSilenceWithoutOverflow() {
        SpeechFeatures features = new SpeechFeatures(4000);
        int[] made = new int[features.size()];
        short[] square = new short[4000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i % 16 < 8 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] noise = new short[4000];
        Random random = new Random(3);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] constant = new short[4000];
        Arrays.fill(constant, Short.MIN_VALUE);
        for (short[] samples : new short[][] {square, noise, constant, new short[4000]}) {
            features.extract(samples, samples.length, made);
            for (int value : made) {
                assertTrue(Math.abs(value) <= 51 << Log2.BITS, "a feature beyond all power: " + value);
            }
        }
        assertArrayEquals(new int[features.size()], made, "silence has no features");
    }

    @Test
    void shouldNotHearWhatGoesBeyondTheMostSamples() {
        Random random = new Random(4);
        short[] samples = new short[9000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) random.nextInt(-3000, 3000);
        }
        SpeechFeatures features = new SpeechFeatures(4096);
        int[] whole = new int[features.size()];
        int[] cut = new int[features.size()];
        features.extract(samples, samples.length, whole);
        features.extract(samples, 4096, cut);
        assertArrayEquals(cut, whole);
    }

    @Test
    void shouldMakeTheSameFeaturesOfAWordWhateverItsLoudness() {
        Random random = new Random(5);
        short[] soft = new short[4000];
        short[] loud = new short[4000];
        for (int i = 0; i < soft.length; i++) {
            soft[i] = (short) random.nextInt(-1000, 1000);
            loud[i] = (short) (16 * soft[i]);
        }
        SpeechFeatures features = new SpeechFeatures(4000);
        int[] ofSoft = new int[features.size()];
        int[] ofLoud = new int[features.size()];
        features.extract(soft, soft.length, ofSoft);
        features.extract(loud, loud.length, ofLoud);
        for (int i = 0; i < ofSoft.length; i++) {
            assertTrue(Math.abs(ofSoft[i] - ofLoud[i]) <= 8, "feature " + i + ": " + ofSoft[i] + ", " + ofLoud[i]);
        }
    }

    @Test
    void shouldRefuseWindowsThatHaveNoTurnAndRingsThatHaveNoNeighbours() {
        assertThrows(IllegalArgumentException.class, () -> new EmgFeatures(8, 2));
        assertThrows(IllegalArgumentException.class, () -> new EmgFeatures(2, 50));
        assertThrows(IllegalArgumentException.class, () -> new EmgFeatures(8, 32768));
        assertThrows(IllegalArgumentException.class, () -> new SpeechFeatures(255));
        assertThrows(IllegalArgumentException.class, () -> OnOffScaling.of(new int[8], 0, 8));
        assertEquals(64, new EmgFeatures(8, 3).size());
    }
}
