package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.SynapseLayer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulsedWeightsTest {
    private final SynapseLayer layer = RandomLayers.normal(150, 70, 15, 31);

    /** As many pulses as levels: each is one level. */
    @ParameterizedTest
    @ValueSource(strings = {"steps=128", "steps=256,mapping=offset", "steps=15,slices=2", "steps=1280"})
    void shouldMoveWeightsExactlyByStraightPulses(String mapping) {
        String setup = "ideal,headroom=2," + mapping;
        Crossbar crossbar = RandomLayers.programmed(setup, layer);
        assertEquals(-128, crossbar.leastCode());
        assertEquals(127, crossbar.mostCode());
        byte[] weights = layer.weights().clone();
        Random random = new Random(5);
        for (int k = 0; k < 3000; k++) {
            int input = random.nextInt(150);
            int output = random.nextInt(70);
            int delta = random.nextInt(101) - 50;
            crossbar.update(input, output, delta);
            int at = input * 70 + output;
            weights[at] = (byte) Math.clamp(weights[at] + delta, -128, 127);
            assertEquals(weights[at], crossbar.code(input, output));
            assertEquals(weights[at], crossbar.read(input, output), 1e-6);
        }
        SynapseLayer learned = new SynapseLayer("learned", 150, 70, weights, 15, layer.neurons());
        int[] inputs = RandomLayers.inputs(layer, 10, 6);
        assertEquals(0, RandomLayers.error(crossbar, learned, inputs));
        crossbar.calibrate(inputs, 10);
        assertEquals(0, RandomLayers.error(crossbar, learned, inputs));
        assertTrue(crossbar.verify().holds());
    }

    @Test
    void shouldMoveEvenADeviceOfFewSteps() {
        SynapseLayer flat = new SynapseLayer("flat", 1, 2, new byte[] {100, -100}, 1, layer.neurons());
        Crossbar crossbar = RandomLayers.programmed("ideal,steps=4", flat);
        crossbar.update(0, 0, -1);
        assertEquals(99, crossbar.code(0, 0));
        assertEquals(75, crossbar.read(0, 0), 1e-9);
        crossbar.update(0, 1, 0);
        assertEquals(-100, crossbar.read(0, 1), 1e-9);
    }

    @Test
    void shouldMissByCrookedPulsesInAWayThatDependsOnTheDirection() {
        SynapseLayer flat = RandomLayers.normal(40, 10, 1, 7);
        Crossbar crossbar = RandomLayers.programmed("ideal,mapping=offset,headroom=3,steps=64,up=3,down=6", flat);
        double up = 0;
        double down = 0;
        for (int i = 0; i < 40; i++) {
            double before = crossbar.read(i, 0);
            crossbar.update(i, 0, 10);
            up += crossbar.read(i, 0) - before;
            before = crossbar.read(i, 1);
            crossbar.update(i, 1, -10);
            down += before - crossbar.read(i, 1);
        }
        assertTrue(up > 0 && down > 0);
        assertTrue(Math.abs(up - down) > 0.1 * up, up + " up, " + down + " down");
    }

    @Test
    void shouldSettleToWhatTheFirstOrderAlreadyNearlySaid() {
        String lines = "ideal,least=5,headroom=2,steps=128,size=32,word=1,bit=1,driver=100,sense=100";
        SynapseLayer small = RandomLayers.normal(30, 12, 255, 7);
        Crossbar crossbar = RandomLayers.programmed(lines, small);
        int[] input = RandomLayers.sample(small, RandomLayers.inputs(small, 1, 9), 0);
        int[] before = new int[12];
        int[] quick = new int[12];
        int[] settled = new int[12];
        crossbar.step(input, before);
        for (int i = 0; i < 30; i++) {
            crossbar.update(i, 3, 30);
        }
        crossbar.step(input, quick);
        crossbar.settle();
        crossbar.step(input, settled);
        double moved = settled[3] - before[3];
        assertEquals(moved, quick[3] - before[3], 0.1 * moved);
        crossbar.settle();
        crossbar.step(input, quick);
        assertArrayEquals(settled, quick);
    }

    @Test
    void shouldStopMovingWhenWornOutAndSaySo() {
        SynapseLayer small = RandomLayers.normal(10, 10, 1, 7);
        Crossbar crossbar = RandomLayers.programmed("ideal,headroom=2,steps=128,endurance=500", small);
        assertEquals(0, crossbar.wornCells());
        for (int k = 0; k < 1000; k++) {
            crossbar.update(0, 0, k % 2 == 0 ? 40 : -40);
        }
        assertTrue(crossbar.wornCells() > 0);
        double stays = crossbar.read(0, 0);
        crossbar.update(0, 0, 60);
        assertEquals(stays, crossbar.read(0, 0));
        assertTrue(crossbar.counters().writePulses() > 40_000);
        crossbar.program(crossbar.plan(small));
        assertTrue(crossbar.wornCells() > 0, "writing does not mend");
    }
}
