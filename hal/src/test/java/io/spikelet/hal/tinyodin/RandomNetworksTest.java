package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomNetworksTest {
    private static final int NETWORKS = 200;
    private static final int SAMPLES = 2;
    private static final int STEPS = 6;

    /** The chip at its wires against the CPU's model of it; neither knows the other's code. */
    @ParameterizedTest
    @EnumSource(Firing.class)
    void shouldRunEqualOnTheChipAndOnTheCpu(Firing firing) throws Exception {
        long spikes = 0;
        for (int seed = 0; seed < NETWORKS; seed++) {
            Random random = new Random(seed);
            SynapseLayer layer = RandomLayers.of(random);
            SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(seed));
            ChipRule rule = new ChipRule(layer, firing);
            try (TinyOdin chip = new TinyOdin("chip", port, port, firing)) {
                chip.program(chip.plan(layer));
                for (int sample = 0; sample < SAMPLES; sample++) {
                    chip.reset();
                    rule.reset();
                    for (int step = 0; step < STEPS; step++) {
                        int[] input = RandomLayers.spikes(random, layer.inputs());
                        int[] expected = new int[layer.outputs()];
                        int[] found = new int[layer.outputs()];
                        rule.step(input, expected);
                        chip.step(input, found);
                        assertArrayEquals(expected, found, "network " + seed + " sample " + sample + " step " + step);
                        spikes += IntStream.of(found).sum();
                    }
                }
                assertTrue(chip.verify().holds(), "network " + seed);
                assertEquals(0, chip.health().recoveries(), "network " + seed);
            }
        }
        assertTrue(spikes > 10_000, "only " + spikes + " spikes were compared");
    }
}
