package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.SynapseLayer;
import java.util.Optional;
import java.util.Random;

/** Layers that the chip takes, and spikes for them. */
final class RandomLayers {
    private RandomLayers() {}

    /**
     * Every shape from 1 x 1 on; one in eight fills the chip's rows, one in eight its neurons. One in eight drives membranes
     * to where they stop.
     */
    static SynapseLayer of(Random random) {
        int inputs = random.nextInt(8) == 0 ? 256 : 1 + random.nextInt(60);
        int outputs = random.nextInt(8) == 0 ? 256 : 1 + random.nextInt(60);
        return random.nextInt(8) == 0 ? extreme(random, outputs) : of(random, inputs, outputs);
    }

    private static SynapseLayer extreme(Random random, int outputs) {
        byte[] weights = new byte[256 * outputs];
        for (int cell = 0; cell < weights.length; cell++) {
            boolean up = cell % outputs % 2 == 0 ^ random.nextInt(10) == 0;
            weights[cell] = (byte) (up ? 7 : -8);
        }
        int[] threshold = random.ints(outputs, 2030, 2048).toArray();
        int[] leak = random.ints(outputs, 0, 20).toArray();
        return new SynapseLayer(
                "extreme",
                256,
                outputs,
                weights,
                1,
                Optional.of(new SynapseLayer.Neurons(threshold, leak, NeuronWord.LEAST_CORE, NeuronWord.MOST_CORE)));
    }

    static SynapseLayer of(Random random, int inputs, int outputs) {
        byte[] weights = new byte[inputs * outputs];
        int least = -8 + random.nextInt(9);
        for (int cell = 0; cell < weights.length; cell++) {
            weights[cell] = (byte) (least + random.nextInt(8 - least));
        }
        int[] threshold = new int[outputs];
        int[] leak = new int[outputs];
        int mostThreshold = 1 << 1 + random.nextInt(11);
        int mostLeak = 1 << random.nextInt(8);
        for (int n = 0; n < outputs; n++) {
            threshold[n] = random.nextInt(mostThreshold);
            leak[n] = random.nextInt(mostLeak);
        }
        return new SynapseLayer(
                "random",
                inputs,
                outputs,
                weights,
                1,
                Optional.of(new SynapseLayer.Neurons(threshold, leak, NeuronWord.LEAST_CORE, NeuronWord.MOST_CORE)));
    }

    /** (inputs) 0 or 1, in one of three with none at all. */
    static int[] spikes(Random random, int inputs) {
        int chance = random.nextInt(3) * 40;
        return random.ints(inputs, 0, 100).map(each -> each < chance ? 1 : 0).toArray();
    }
}
