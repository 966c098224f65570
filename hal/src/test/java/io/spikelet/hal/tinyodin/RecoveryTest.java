package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.sim.TinyOdinFaults;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
    private static final int SAMPLES = 40;
    private static final int STEPS = 5;

    private final TinyOdinChip chip = new TinyOdinChip(11);
    private final SimTinyOdin port = new SimTinyOdin(chip);
    private final SynapseLayer layer = RandomLayers.of(new Random(2), 30, 21);

    /** Every sample that comes to its end is right, whatever got lost around it. */
    @ParameterizedTest
    @EnumSource(Firing.class)
    void shouldComputeRightOrSayThatItFailedWhilePulsesGetLost(Firing firing) throws Exception {
        long lost = 0;
        int recoveries = 0;
        int repeated = 0;
        for (int seed = 0; seed < 8; seed++) {
            try (TinyOdin device = new TinyOdin("chip", port, port, firing)) {
                port.inject(TinyOdinFaults.NONE);
                device.program(device.plan(layer));
                port.inject(TinyOdinFaults.losingPulses(seed, 5e-6));
                Random random = new Random(seed);
                ChipRule rule = new ChipRule(layer, firing);
                for (int sample = 0; sample < SAMPLES; sample++) {
                    int[][] inputs = new int[STEPS][];
                    int[][] expected = new int[STEPS][layer.outputs()];
                    rule.reset();
                    for (int step = 0; step < STEPS; step++) {
                        inputs[step] = RandomLayers.spikes(random, layer.inputs());
                        rule.step(inputs[step], expected[step]);
                    }
                    while (!run(device, inputs, expected)) {
                        repeated++;
                        assertTrue(repeated < 100, "it never comes back");
                    }
                }
                recoveries += device.health().recoveries();
                port.inject(TinyOdinFaults.NONE);
                device.reset();
                assertTrue(device.verify().holds());
                lost = port.pulsesLost();
            }
        }
        assertTrue(lost > 5 && recoveries > 5, "lost " + lost + ", recovered " + recoveries);
        assertTrue(firing == Firing.AT_EVERY_SPIKE || repeated > 0, "no sample was cut short");
    }

    private boolean run(TinyOdin device, int[][] inputs, int[][] expected) {
        int[] found = new int[layer.outputs()];
        try {
            device.reset();
            for (int step = 0; step < STEPS; step++) {
                device.step(inputs[step], found);
                assertArrayEquals(expected[step], found);
            }
            return true;
        } catch (CoProcessorException failed) {
            assertTrue(
                    failed.failure() != Failure.PORT && failed.failure() != Failure.LOST_SPIKES, failed.getMessage());
            return false;
        }
    }

    @Test
    void shouldNameTheBitsThatTurnedOver() throws Exception {
        TinyOdin device = new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
        device.program(device.plan(layer));
        chip.flipSynapseBit(29, 20, 3);
        chip.flipSynapseBit(4, 7, 0);
        chip.flipNeuronBit(9, 24);
        chip.flipNeuronBit(9, 2); // a membrane may be anything
        Verification verification = device.verify();
        int left = layer.weights()[29 * 21 + 20];
        int right = layer.weights()[4 * 21 + 7];
        assertEquals(
                List.of("-1 9", "4 7", "29 20"),
                verification.failed().stream()
                        .map(cell -> cell.input() + " " + cell.output())
                        .toList());
        assertEquals(
                left < 0 ? left + 8 : left - 8, verification.failed().getLast().read());
        assertEquals(right ^ 1, verification.failed().get(1).read());
        assertEquals(21 + 30 * 21, verification.cells());
        device.program(device.plan(layer));
        assertTrue(device.verify().holds());
    }

    @Test
    void shouldFindWhatTurnsOverWhileItWorks() throws Exception {
        TinyOdin device = new TinyOdin("chip", port, port, Firing.AT_EVERY_SPIKE);
        device.program(device.plan(layer));
        port.inject(TinyOdinFaults.flippingBits(1, 0.05));
        for (int step = 0; step < 300; step++) {
            device.step(RandomLayers.spikes(new Random(step), 30), new int[21]);
        }
        assertTrue(port.bitsFlipped() > 10);
        port.inject(TinyOdinFaults.NONE);
        assertFalse(device.verify().holds());
    }

    @Test
    void shouldGiveUpOnACellThatTakesNoWrite() {
        long target = SpiCode.writeSynapses(3, 4, 0, 0) >>> 20;
        SpiPort broken = new AlteringPort(port, code -> code >>> 20 == target ? code ^ 1 : code);
        TinyOdin device = new TinyOdin("chip", broken, port, Firing.ONCE_A_STEP);
        CoProcessorException failed =
                assertThrows(CoProcessorException.class, () -> device.program(device.plan(layer)));
        assertEquals(Failure.VERIFY_FAILED, failed.failure());
        assertTrue(failed.getMessage().contains("input 3, output 4"), failed.getMessage());
    }

    @Test
    void shouldSayThatAChipWithAStuckAcknowledgeDoesNotAnswer() throws Exception {
        TinyOdin device = new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
        port.inject(TinyOdinFaults.stuck());
        CoProcessorException failed =
                assertThrows(CoProcessorException.class, () -> device.program(device.plan(layer)));
        assertEquals(Failure.TIMEOUT, failed.failure());
        assertFalse(device.health().answers());
        port.inject(TinyOdinFaults.NONE);
        device.reset();
        assertTrue(device.health().answers());
        assertTrue(device.verify().holds());
    }

    @Test
    void shouldTellAFailingPortFromAFailingChip() throws Exception {
        boolean[] unplugged = {false};
        SpiPort loose = new AlteringPort(port, code -> code) {
            @Override
            public void transfer(byte[] send, byte[] receive, int length) throws IOException {
                if (unplugged[0]) {
                    throw new IOException("unplugged");
                }
                super.transfer(send, receive, length);
            }
        };
        TinyOdin device = new TinyOdin("chip", loose, port, Firing.ONCE_A_STEP);
        device.program(device.plan(layer));
        unplugged[0] = true;
        int[] input = new int[30];
        input[0] = 1;
        CoProcessorException failed = assertThrows(CoProcessorException.class, () -> device.step(input, new int[21]));
        assertEquals(Failure.PORT, failed.failure());
        assertFalse(device.health().answers());
        unplugged[0] = false;
        device.reset();
        assertTrue(device.verify().holds());
    }
}
