package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.SynapseLayer;
import org.junit.jupiter.api.Test;

/** Cutting off the few largest weights so that the others stand out of the noise. */
class NoiseAwareClipTest {
    private static final String NOISY = "ideal,least=5,most=50,sigma=0.05,mapping=offset";

    /** Weights of the normal distribution: few are large. */
    private final SynapseLayer layer = RandomLayers.normal(120, 50, 1, 31);

    private double error(String setup) {
        double sum = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Crossbar crossbar = RandomLayers.programmed(setup + ",seed=" + seed, layer);
            for (int input = 0; input < layer.inputs(); input++) {
                for (int output = 0; output < layer.outputs(); output++) {
                    double off = crossbar.read(input, output) - layer.weights()[input * layer.outputs() + output];
                    sum += off * off;
                }
            }
        }
        return sum;
    }

    @Test
    void shouldLowerTheSquaredErrorOfWeights() {
        double whole = error(NOISY);
        double cut = error(NOISY + ",clip=on");
        assertTrue(cut < 0.9 * whole, whole + " whole, " + cut + " cut");
    }

    /** The level that it takes is better than its neighbours far and near, when all are really written. */
    @Test
    void shouldTakeTheBestLevel() {
        int chosen = new NoiseAwareClip(CrossbarPresets.parse(NOISY), layer.weights()).magnitude();
        double best = errorAt(chosen);
        for (int level : new int[] {chosen / 2, chosen - 15, chosen + 15}) {
            assertTrue(best < errorAt(level), "level " + level + " beats " + chosen);
        }
    }

    private double errorAt(int level) {
        byte[] weights = layer.weights().clone();
        for (int cell = 0; cell < weights.length; cell++) {
            weights[cell] = (byte) Math.clamp(weights[cell], -level, level);
        }
        SynapseLayer cut =
                new SynapseLayer("cut", layer.inputs(), layer.outputs(), weights, layer.mostInput(), layer.neurons());
        double sum = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Crossbar crossbar = RandomLayers.programmed(NOISY + ",seed=" + seed, cut);
            for (int cell = 0; cell < weights.length; cell++) {
                double off = crossbar.read(cell / layer.outputs(), cell % layer.outputs()) - layer.weights()[cell];
                sum += off * off;
            }
        }
        return sum;
    }

    @Test
    void shouldCutNothingWhereThereIsNoNoise() {
        CrossbarSetup quiet = CrossbarPresets.parse("ideal,least=5,most=50");
        assertEquals(100, new NoiseAwareClip(quiet, new byte[] {1, -100, 3}).magnitude());
    }

    @Test
    void shouldCalibrateTowardWhatWasAskedFor() {
        int[] inputs = RandomLayers.inputs(layer, 200, 5);
        Crossbar crossbar = RandomLayers.programmed(NOISY + ",clip=on,gains=on", layer);
        double before = RandomLayers.error(crossbar, layer, inputs);
        crossbar.calibrate(inputs, 200);
        double after = RandomLayers.error(crossbar, layer, inputs);
        assertTrue(after < before, before + " before, " + after + " after");
    }

    @Test
    void shouldNotGoWithSlicesOrRoomToGrow() {
        for (String also : new String[] {"slices=2", "headroom=2"}) {
            String said = assertThrows(
                            IllegalArgumentException.class, () -> CrossbarPresets.parse("ideal,clip=on," + also))
                    .getMessage();
            assertTrue(said.contains("clip=on goes with slices=1 and headroom=1"), said);
        }
    }
}
