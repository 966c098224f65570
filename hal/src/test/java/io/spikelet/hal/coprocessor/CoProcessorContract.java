package io.spikelet.hal.coprocessor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessor.Kind;
import io.spikelet.hal.coprocessor.SynapseLayer.Neurons;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every co-processor promises, whatever its kind; a driver's test extends it and opens its device. */
public abstract class CoProcessorContract {
    private static final int INPUTS = 13;
    private static final int OUTPUTS = 9;
    private static final int STEPS = 12;

    private CoProcessor device;

    protected CoProcessorContract() {}

    /** A device without a program, at its most exact. */
    protected abstract CoProcessor open() throws Exception;

    /** How far a sum may be off, in weight LSBs; spikes may not. */
    protected double tolerance() {
        return 0;
    }

    @BeforeEach
    public void openDevice() throws Exception {
        device = open();
    }

    @AfterEach
    public void closeDevice() {
        device.close();
    }

    private int leastWeight() {
        return Math.max(device.capability().leastWeight(), -1);
    }

    private int mostWeight() {
        return Math.min(device.capability().mostWeight(), 3);
    }

    /** Membranes come nowhere near any bound: what a neuron can lose in a step, its leak gives back. */
    private SynapseLayer layer(long seed, int outputs) {
        Random random = new Random(seed);
        byte[] weights = new byte[INPUTS * outputs];
        for (int cell = 0; cell < weights.length; cell++) {
            weights[cell] = (byte) random.nextInt(leastWeight(), mostWeight() + 1);
        }
        int[] threshold = random.ints(outputs, 0, 12).toArray();
        int[] leak = new int[outputs];
        Arrays.fill(leak, -leastWeight() * INPUTS);
        for (int n = 0; n < outputs; n++) {
            if (n % 2 == 1) { // and every second one only gains
                leak[n] = 1;
                for (int i = 0; i < INPUTS; i++) {
                    int weight = weights[i * outputs + n];
                    weights[i * outputs + n] = (byte) Math.max(weight, 0);
                }
            }
        }
        int mostInput = Math.min(device.capability().mostInput(), 5);
        return new SynapseLayer(
                "layer", INPUTS, outputs, weights, mostInput, Optional.of(new Neurons(threshold, leak)));
    }

    private static int[][] sample(SynapseLayer layer, long seed) {
        Random random = new Random(seed);
        int[][] inputs = new int[STEPS][];
        for (int step = 0; step < STEPS; step++) {
            inputs[step] = random.ints(layer.inputs(), 0, layer.mostInput() + 1).toArray();
        }
        Arrays.fill(inputs[STEPS / 2], 0);
        return inputs;
    }

    /** The port's rule for a sample, in plain loops. */
    private int[][] expected(SynapseLayer layer, int[][] inputs) {
        int[] v = new int[layer.outputs()];
        int[][] outputs = new int[inputs.length][layer.outputs()];
        Neurons neurons = layer.neurons().orElseThrow();
        for (int step = 0; step < inputs.length; step++) {
            for (int n = 0; n < layer.outputs(); n++) {
                int sum = 0;
                for (int i = 0; i < layer.inputs(); i++) {
                    sum += inputs[step][i] * layer.weights()[i * layer.outputs() + n];
                }
                if (device.kind() == Kind.CURRENT) {
                    outputs[step][n] = sum;
                    continue;
                }
                v[n] += sum;
                v[n] = v[n] < 0 ? Math.min(v[n] + neurons.leak()[n], 0) : Math.max(v[n] - neurons.leak()[n], 0);
                if (v[n] >= 0 && v[n] >= neurons.threshold()[n]) {
                    outputs[step][n] = 1;
                    v[n] = 0;
                }
            }
        }
        return outputs;
    }

    private void program(SynapseLayer layer) throws CoProcessorException {
        Plan plan = device.plan(layer);
        assertTrue(plan.fits(), plan.refusals().toString());
        device.program(plan);
        int[][] inputs = sample(layer, 99);
        device.calibrate(Arrays.stream(inputs).flatMapToInt(Arrays::stream).toArray(), inputs.length);
    }

    private void run(SynapseLayer layer, int[][] inputs) throws CoProcessorException {
        int[][] expected = expected(layer, inputs);
        int[] found = new int[layer.outputs()];
        for (int step = 0; step < inputs.length; step++) {
            device.step(inputs[step], found);
            for (int n = 0; n < found.length; n++) {
                assertEquals(
                        expected[step][n],
                        found[n],
                        device.kind() == Kind.SPIKE ? 0 : tolerance(),
                        "step " + step + " output " + n);
            }
        }
    }

    @Test
    public void shouldComputeWhatThePortSays() throws Exception {
        SynapseLayer layer = layer(1, OUTPUTS);
        program(layer);
        run(layer, sample(layer, 2));
    }

    /** As large as its weights and inputs allow. */
    @Test
    public void shouldHoldSumsThatSixteenBitsDoNot() throws Exception {
        Capability capability = device.capability();
        int inputs = Math.min(capability.inputs(), 600);
        int mostInput = Math.min(capability.mostInput(), 5);
        if (device.kind() == Kind.SPIKE || inputs * mostInput * capability.mostWeight() <= Short.MAX_VALUE) {
            return;
        }
        byte[] weights = new byte[inputs * OUTPUTS];
        Arrays.fill(weights, (byte) capability.mostWeight());
        SynapseLayer layer = new SynapseLayer("large", inputs, OUTPUTS, weights, mostInput, Optional.empty());
        device.program(device.plan(layer));
        int[] input = new int[inputs];
        Arrays.fill(input, mostInput);
        device.calibrate(input, 1);
        int[] found = new int[OUTPUTS];
        device.step(input, found);
        for (int sum : found) {
            assertEquals(inputs * mostInput * capability.mostWeight(), sum, tolerance());
        }
    }

    @Test
    public void shouldForgetASampleAtReset() throws Exception {
        SynapseLayer layer = layer(1, OUTPUTS);
        program(layer);
        for (int seed = 0; seed < 5; seed++) {
            device.reset();
            run(layer, sample(layer, seed));
        }
    }

    @Test
    public void shouldForgetTheFormerProgram() throws Exception {
        program(layer(1, OUTPUTS));
        run(layer(1, OUTPUTS), sample(layer(1, OUTPUTS), 3));
        SynapseLayer next = layer(2, OUTPUTS - 4);
        program(next);
        assertEquals(0, device.counters().steps());
        run(next, sample(next, 3));
    }

    @Test
    public void shouldHoldWhatWasProgrammedAndGoOnAfterLooking() throws Exception {
        SynapseLayer layer = layer(4, OUTPUTS);
        program(layer);
        assertTrue(device.verify().holds(), device.verify().failed().toString());
        assertTrue(device.verify().cells() >= INPUTS * OUTPUTS);
        run(layer, sample(layer, 5));
    }

    @Test
    public void shouldRefuseWithReasonsWhatItsCapabilityExcludes() {
        Capability capability = device.capability();
        SynapseLayer good = layer(1, OUTPUTS);
        if (capability.mostWeight() < Byte.MAX_VALUE) {
            byte[] heavy = good.weights().clone();
            heavy[5] = (byte) (capability.mostWeight() + 1);
            assertRefused(new SynapseLayer("heavy", INPUTS, OUTPUTS, heavy, good.mostInput(), good.neurons()));
        }
        if (capability.leastWeight() > Byte.MIN_VALUE) {
            byte[] negative = good.weights().clone();
            negative[5] = (byte) (capability.leastWeight() - 1);
            assertRefused(new SynapseLayer("negative", INPUTS, OUTPUTS, negative, good.mostInput(), good.neurons()));
        }
        if (capability.inputs() < 1 << 16) {
            int inputs = capability.inputs() + 1;
            assertRefused(new SynapseLayer(
                    "tall", inputs, OUTPUTS, new byte[inputs * OUTPUTS], good.mostInput(), good.neurons()));
        }
        if (capability.mostInput() < Integer.MAX_VALUE) {
            assertRefused(new SynapseLayer(
                    "loud", INPUTS, OUTPUTS, good.weights(), capability.mostInput() + 1, good.neurons()));
        }
        if (capability.outputs() < 1 << 16) {
            assertRefused(layer(1, capability.outputs() + 1));
        }
        if (device.kind() == Kind.SPIKE) {
            assertRefused(new SynapseLayer("numb", INPUTS, OUTPUTS, good.weights(), 1, Optional.empty()));
        }
    }

    private void assertRefused(SynapseLayer layer) {
        Plan plan = device.plan(layer);
        assertFalse(plan.fits(), "layer " + layer.name() + " was not refused");
        assertFalse(plan.refusals().getFirst().isBlank());
        assertThrows(IllegalArgumentException.class, () -> device.program(plan));
    }

    @Test
    public void shouldDoNothingWithoutAProgram() {
        assertThrows(IllegalStateException.class, () -> device.step(new int[INPUTS], new int[OUTPUTS]));
        assertThrows(IllegalStateException.class, () -> device.reset());
        assertThrows(IllegalStateException.class, () -> device.verify());
        assertThrows(IllegalStateException.class, () -> device.calibrate(new int[INPUTS], 1));
    }

    @Test
    public void shouldRefuseArraysOfAnotherShape() throws Exception {
        program(layer(1, OUTPUTS));
        assertThrows(IllegalArgumentException.class, () -> device.step(new int[INPUTS + 1], new int[OUTPUTS]));
        assertThrows(IllegalArgumentException.class, () -> device.step(new int[INPUTS], new int[OUTPUTS - 1]));
    }

    @Test
    public void shouldCountWhatItDid() throws Exception {
        SynapseLayer layer = layer(6, OUTPUTS);
        program(layer);
        int[][] inputs = sample(layer, 7);
        run(layer, inputs);
        Counters counters = device.counters();
        assertEquals(STEPS, counters.steps());
        assertEquals(
                Arrays.stream(inputs)
                        .flatMapToInt(Arrays::stream)
                        .filter(each -> each != 0)
                        .count(),
                counters.inputEvents());
        long fired = device.kind() == Kind.CURRENT
                ? 0
                : Arrays.stream(expected(layer, inputs))
                        .flatMapToInt(Arrays::stream)
                        .sum();
        assertEquals(fired, counters.outputEvents());
        if (device.kind() == Kind.CURRENT) {
            assertEquals(counters.inputEvents() * layer.outputs(), counters.operations());
        }
        assertTrue(counters.operations() > 0);
        assertTrue(counters.writePulses() > 0);
        assertTrue(Double.isNaN(counters.joules()) || counters.joules() > 0);
    }

    @Test
    public void shouldBeHealthyOnceProgrammed() throws Exception {
        String name = device.name();
        program(layer(1, OUTPUTS));
        assertEquals(name, device.name());
        Health health = device.health();
        assertTrue(health.answers());
        assertTrue(health.canaries());
        assertEquals(0, health.lostEvents());
        assertEquals(0, health.recoveries());
        assertTrue(health.ageSeconds() >= 0);
        assertFalse(device.name().isBlank());
    }

    @Test
    public void shouldTakeASecondClose() {
        device.close();
    }
}
