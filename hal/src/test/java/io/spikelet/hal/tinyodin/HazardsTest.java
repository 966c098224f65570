package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The seven hazards of docs/tinyodin.md: each does its damage, and the driver's remedy keeps it away. */
class HazardsTest {
    private static final NeuronWord QUIET = new NeuronWord(0, 2000, 0, false);

    private final TinyOdinChip chip = new TinyOdinChip(3);
    private final SimTinyOdin port = new SimTinyOdin(chip);
    private final OdinHost host = new OdinHost(port, port);

    private static SynapseLayer layer() {
        return RandomLayers.of(new Random(5), 20, 12);
    }

    /** One sample of the layer on a chip, against the CPU. */
    private static void assertRight(TinyOdin device, SynapseLayer layer) throws CoProcessorException {
        Random random = new Random(9);
        ChipRule rule = new ChipRule(layer, Firing.ONCE_A_STEP);
        int[] expected = new int[layer.outputs()];
        int[] found = new int[layer.outputs()];
        device.reset();
        for (int step = 0; step < 10; step++) {
            int[] input = RandomLayers.spikes(random, layer.inputs());
            rule.step(input, expected);
            device.step(input, found);
            assertArrayEquals(expected, found, "step " + step);
        }
    }

    /** Hazard 1. While its bytes change one by one, a neuron of (0, 20) passes (100, 20) and (100, 16) to (100, 2000). */
    @ParameterizedTest
    @CsvSource({"true, 100", "false, 324"})
    void shouldFireGhostsWhileItIsProgrammedUnlessItsLoopIsOpen(boolean openLoop, int membrane) throws Exception {
        NeuronWord[] words = new NeuronWord[16];
        byte[] weights = new byte[16 * 16];
        Arrays.fill(weights, (byte) 7);
        host.reset();
        host.configure(true, true, 15);
        host.writeWeights(weights, 16, 16);
        Arrays.fill(words, new NeuronWord(0, 20, 0, false));
        host.writeNeurons(words);
        host.configure(true, openLoop, 15);
        Arrays.fill(words, new NeuronWord(100, 2000, 0, false));
        host.writeNeurons(words);
        host.configure(false, openLoop, 15);
        host.send(new int[0], 0, 1, neuron -> {});
        assertTrue(port.idle());
        for (int n = 0; n < 16; n++) {
            assertEquals(membrane, NeuronWord.decode(chip.neuronWord(n)).core(), "neuron " + n);
        }
    }

    /** Hazard 2. */
    @Test
    void shouldTimeOutOnAGatedChipThatNeverAcknowledges() throws Exception {
        SynapseLayer layer = layer();
        TinyOdin device = new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
        device.program(device.plan(layer));
        device.reset();
        host.run(new SpiBurst().add(OdinHost.gate(true)));
        for (int wait = 0; wait < 1000; wait++) {
            assertEquals(0, port.offer(new int[] {1}, 0, 1));
        }
        int[] input = new int[20];
        input[1] = 1;
        CoProcessorException failed = assertThrows(CoProcessorException.class, () -> device.step(input, new int[12]));
        assertEquals(Failure.TIMEOUT, failed.failure());
        assertEquals(1, device.health().recoveries());
        assertEquals(1, device.health().lostEvents());
        assertRight(device, layer);
    }

    /** Hazard 3. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseTheLastWriteUnlessAnotherTransactionFollows(boolean followed) throws Exception {
        host.reset();
        host.configure(true, true, 255);
        SpiBurst burst = new SpiBurst().add(SpiCode.writeNeuron(7, 0, 0, ~chip.neuronWord(7)));
        int before = chip.neuronWord(7);
        if (followed) {
            burst.add(OdinHost.gate(true));
        }
        host.run(burst);
        host.reset();
        assertEquals(followed ? before ^ 0xff : before, chip.neuronWord(7));
    }

    @Test
    void shouldEndItsOwnBurstsByAnotherTransaction() throws Exception {
        NeuronWord[] words = new NeuronWord[10];
        Arrays.fill(words, new NeuronWord(3, 2000, 99, true));
        host.reset();
        host.configure(true, true, 9);
        host.writeNeurons(words);
        host.reset();
        assertEquals(words[9].encode(), chip.neuronWord(9));
        byte[] weights = new byte[100];
        weights[98] = 5;
        weights[99] = -6;
        host.writeWeights(weights, 10, 10);
        host.reset();
        SpiBurst read = new SpiBurst().add(SpiCode.readSynapses(9, 8));
        host.run(read);
        assertEquals(0xa5, read.answer(0));
    }

    /** Hazard 4. Every event of row 0 fires neurons 10 and 11, whose own events neuron 20 counts. */
    @ParameterizedTest
    @CsvSource({"1, true", "64, false"})
    void shouldLoseSpikesInAClosedLoopUnlessItWaitsForTheScheduler(int atATime, boolean counted) throws Exception {
        NeuronWord[] words = new NeuronWord[21];
        Arrays.fill(words, QUIET);
        words[10] = new NeuronWord(0, 1, 0, false);
        words[11] = words[10];
        byte[] weights = new byte[21 * 21];
        weights[10] = 1;
        weights[11] = 1;
        weights[10 * 21 + 20] = 1;
        weights[11 * 21 + 20] = 1;
        host.reset();
        host.configure(true, true, 20);
        host.writeNeurons(words);
        host.writeWeights(weights, 21, 21);
        host.configure(false, false, 20);
        List<Integer> spikes = new ArrayList<>();
        if (counted) {
            host.send(new int[300], 300, atATime, spikes::add);
        } else { // as fast as the bus takes them
            assertEquals(300, port.offer(new int[300], 0, 300));
            host.send(new int[0], 0, 1, spikes::add);
            assertTrue(port.idle());
        }
        assertEquals(600 - chip.counters().lost(), chip.neuronWord(20) & 0xfff);
        assertEquals(
                counted, chip.counters().lost() == 0, "lost " + chip.counters().lost());
    }

    /** 127 find room behind the event that fires them. */
    @ParameterizedTest
    @CsvSource({"127, 0", "128, 1", "200, 73"})
    void shouldHoldOneHundredAndTwentySevenEventsBehindTheOneInProcess(int firing, int lost) throws Exception {
        NeuronWord[] words = new NeuronWord[256];
        Arrays.fill(words, QUIET);
        Arrays.fill(words, 1, 1 + firing, new NeuronWord(0, 1, 0, false));
        byte[] weights = new byte[256 * 256];
        Arrays.fill(weights, 0, 256, (byte) 1);
        host.reset();
        host.configure(true, true, 255);
        host.writeNeurons(words);
        host.writeWeights(weights, 256, 256);
        host.configure(false, false, 255);
        List<Integer> spikes = new ArrayList<>();
        host.send(new int[] {0}, 1, 1, spikes::add);
        assertEquals(firing, spikes.size(), "the host hears all of them");
        assertEquals(lost, chip.counters().lost());
    }

    /** Hazard 5. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadNonsenseAfterOnePulseUntilItIsReset(boolean reset) throws Exception {
        host.reset();
        host.configure(true, true, 255);
        NeuronWord[] words = new NeuronWord[32];
        Arrays.fill(words, QUIET);
        host.writeNeurons(words);
        chip.clock(true);
        if (reset) {
            host.reset();
        }
        NeuronWord[] read = host.readNeurons(32);
        assertEquals(reset, Arrays.equals(words, read));
    }

    @Test
    void shouldNoticeALostPulseByTheCanaryAndComeBack() throws Exception {
        SynapseLayer layer = layer();
        TinyOdin device = new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
        device.program(device.plan(layer));
        device.reset();
        chip.clock(false);
        int[] input = new int[20];
        Arrays.fill(input, 1);
        CoProcessorException failed = assertThrows(CoProcessorException.class, () -> device.step(input, new int[12]));
        assertEquals(Failure.DESYNC, failed.failure());
        assertThrows(CoProcessorException.class, () -> device.step(input, new int[12]), "membranes are gone");
        assertRight(device, layer);
        assertEquals(1, device.health().recoveries());

        chip.clock(false); // between samples nobody needs to know
        assertRight(device, layer);
        assertEquals(2, device.health().recoveries());
    }

    /** Hazard 6. Another MAX_NEUR than the layer's survives RST, and neurons behind it stand still. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepForeignRegistersThroughAResetUnlessTheyAreWrittenAgain(boolean written) throws Exception {
        NeuronWord[] words = new NeuronWord[8];
        Arrays.fill(words, new NeuronWord(5, 0, 0, false));
        host.reset();
        host.configure(true, true, 7);
        host.writeNeurons(words);
        host.run(new SpiBurst().add(SpiCode.config(SpiCode.MAX_NEUR, 3)));
        host.reset();
        if (written) {
            host.configure(false, true, 7);
        } else {
            host.run(new SpiBurst().add(OdinHost.gate(false)));
        }
        List<Integer> spikes = new ArrayList<>();
        host.send(new int[] {OdinHost.LEAK_OF_ALL}, 1, 1, spikes::add);
        assertEquals(written ? 8 : 4, spikes.size());
    }

    /** A register that does not take its value cannot be read, but its work shows it. */
    @ParameterizedTest
    @CsvSource({"0, GATE", "1, OPEN_LOOP", "2, AER_SRC", "3, MAX_NEUR"})
    void shouldNoticeEveryRegisterThatHoldsSomethingElse(int register, String named) {
        SpiPort wrong = new AlteringPort(port, code -> code >>> 20 == register ? code ^ 1 : code);
        TinyOdin device = new TinyOdin("chip", wrong, port, Firing.ONCE_A_STEP);
        CoProcessorException failed =
                assertThrows(CoProcessorException.class, () -> device.program(device.plan(layer())));
        assertEquals(register == 0 ? Failure.TIMEOUT : Failure.DESYNC, failed.failure());
        assertTrue(register == 0 || failed.getMessage().contains(named), failed.getMessage());
    }

    /** Hazard 7. */
    @Test
    void shouldStandStillWhileNobodyTakesItsSpikes() throws Exception {
        SimTinyOdin narrow = new SimTinyOdin(chip, 1);
        OdinHost direct = new OdinHost(narrow, narrow);
        NeuronWord[] words = new NeuronWord[40];
        Arrays.fill(words, new NeuronWord(5, 0, 0, false));
        direct.reset();
        direct.configure(true, true, 39);
        direct.writeNeurons(words);
        direct.configure(false, true, 39);
        int[] leak = {OdinHost.LEAK_OF_ALL};
        for (int wait = 0; wait < 1000; wait++) {
            assertEquals(0, narrow.offer(leak, 0, 1));
            assertFalse(narrow.idle());
        }
        assertNotEquals(0, chip.neuronWord(39) & 0xfff, "the last neuron was never reached");

        List<Integer> spikes = new ArrayList<>();
        direct.send(leak, 1, 1, spikes::add);
        assertEquals(40, spikes.size());
    }

    @Test
    void shouldComputeTheSameWithRoomForASingleSpike() throws Exception {
        SimTinyOdin narrow = new SimTinyOdin(chip, 1);
        SynapseLayer layer = new SynapseLayer(
                "always",
                3,
                200,
                new byte[600],
                1,
                Optional.of(new SynapseLayer.Neurons(new int[200], new int[200], -2048, 2047)));
        TinyOdin device = new TinyOdin("chip", narrow, narrow, Firing.ONCE_A_STEP);
        device.program(device.plan(layer));
        assertRight(device, layer);
        assertEquals(2000, device.counters().outputEvents());
    }
}
