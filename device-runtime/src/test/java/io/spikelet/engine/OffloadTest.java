package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.Capability;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.hal.crossbar.Crossbar;
import io.spikelet.hal.crossbar.CrossbarPresets;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers on devices: the same answers as on the processor, or a reason, or a failure that is told. */
class OffloadTest {
    private static final int SAMPLES = 6;

    private static byte[] samples(SpikingNetwork network, int count, long seed) {
        byte[] samples = new byte[count * network.sampleBytes()];
        Random random = new Random(seed);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) random.nextInt(network.input().output().maximum() + 1);
        }
        return samples;
    }

    /** Every output value at every step, then spikes and operations, sample by sample. */
    private static List<int[]> answers(Engine engine, byte[] samples, int count) {
        SpikingNetwork network = engine.network();
        int frame = network.encoder().takesFrameEachStep() ? network.sampleBytes() / network.timeSteps() : 0;
        List<int[]> answers = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            engine.reset();
            for (int t = 0; t < network.timeSteps(); t++) {
                engine.step(samples, sample * network.sampleBytes() + t * frame);
                answers.add(engine.values(network.layers().size() - 1).clone());
            }
            answers.add(new int[] {(int) engine.spikes(), (int) engine.synapticOperations()});
        }
        return answers;
    }

    private static void assertSame(List<int[]> expected, List<int[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "answer " + i);
        }
    }

    private static Offload onDevices(SpikingNetwork network, String words, Offload.Policy policy) throws Exception {
        Offload offload =
                Offload.plan(network, CoProcessors.open(words, network.layers().size()), policy);
        offload.program();
        return offload;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "ideal,mapping=offset,size=16", "ideal,slices=2,rows=7,columns=9"})
    void shouldGiveTheProcessorsAnswersOnAnIdealCrossbar(String setup) throws Exception {
        int placed = 0;
        for (long seed = 1; seed <= 60; seed++) {
            SpikingNetwork network = RandomNetworks.any(seed);
            Offload offload = onDevices(network, "crossbar:" + setup, Offload.Policy.STOP);
            placed += (int) offload.placements().stream()
                    .filter(placement -> placement.device().isPresent())
                    .count();
            byte[] samples = samples(network, 2, seed);
            assertSame(answers(Engine.load(network), samples, 2), answers(Engine.load(offload), samples, 2));
        }
        assertTrue(placed > 60, placed + " layers were placed");
    }

    /** Spikes → dense → neurons that integrate → dense → neurons, as the chip has them. */
    static SpikingNetwork chipNetwork(long seed, Operation.Comparison comparison, int gain) {
        Random random = new Random(seed);
        NetworkSketch sketch = new NetworkSketch(5, Encoder.FRAMES, Shape.vector(40), EdgeDomain.SPIKE);
        int spikes = 0;
        for (int outputs : new int[] {23, 9}) {
            int inputs = sketch.shape(spikes).size();
            byte[] weights = new byte[outputs * inputs];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (byte) (random.nextInt(16) - 8);
            }
            float[] scale = new float[outputs];
            Arrays.fill(scale, 0.1f);
            int dense = sketch.add(
                    "dense" + outputs,
                    new Operation.Dense(outputs, inputs, WeightKind.INT8, weights, scale),
                    Shape.vector(outputs),
                    spikes);
            int[] threshold = random.ints(outputs, 1, 9 * gain).toArray();
            int[] gains = new int[outputs];
            Arrays.fill(gains, gain);
            spikes = sketch.add(
                    "if" + outputs,
                    new Operation.Neuron(
                            comparison,
                            new int[0],
                            new int[] {1 << 15},
                            new int[1],
                            new int[1],
                            new int[1],
                            threshold,
                            List.of(new Operation.Drive(gains, new int[1], true)),
                            new float[] {1},
                            0),
                    Shape.vector(outputs),
                    dense);
        }
        return sketch.network(new Readout(9, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void shouldGiveTheProcessorsSpikesOnChips(int gain) throws Exception {
        for (Operation.Comparison comparison : Operation.Comparison.values()) {
            SpikingNetwork network = chipNetwork(gain, comparison, gain);
            Offload offload = onDevices(network, "tinyodin:sim", Offload.Policy.STOP);
            assertTrue(
                    offload.placements().stream()
                            .allMatch(placement -> placement.device().isPresent()),
                    offload.placements().toString());
            byte[] samples = samples(network, SAMPLES, gain);
            List<int[]> expected = answers(Engine.load(network), samples, SAMPLES);
            assertTrue(expected.getLast()[0] > 0, "nothing fired");
            assertSame(expected, answers(Engine.load(offload), samples, SAMPLES));
        }
    }

    @Test
    void shouldSayWhyALayerStays() throws Exception {
        SpikingNetwork network = RandomNetworks.convolutional(3);
        Offload chips = Offload.plan(network, CoProcessors.open("tinyodin:sim", 1), Offload.Policy.STOP);
        assertTrue(
                chips.placements().stream()
                        .allMatch(placement -> placement.device().isEmpty()
                                && !placement.refusals().isEmpty()),
                chips.placements().toString());
        assertTrue(chips.placements().getFirst().refusals().getFirst().startsWith("tinyodin0: it is no dense layer"));
        Offload one = Offload.plan(network, CoProcessors.open("crossbar:ideal", 1), Offload.Policy.STOP);
        assertTrue(one.placements().getFirst().device().isPresent());
        assertEquals(List.of("no device is left"), one.placements().getLast().refusals());
    }

    @Test
    void shouldNotAddUpWhatAReadAddsOnce() throws Exception {
        SpikingNetwork network = constantInput();
        byte[] samples = samples(network, 1, 1);
        for (boolean each : new boolean[] {false, true}) {
            Offload offload = onDevices(network, "crossbar:ideal,read-sigma=0.3", Offload.Policy.STOP);
            offload.readConstantInputsEachStep(each);
            Engine engine = Engine.load(offload);
            engine.reset();
            engine.step(samples, 0);
            int[] first = engine.values(1).clone();
            engine.step(samples, 0);
            assertEquals(!each, Arrays.equals(first, engine.values(1)), "read at each step: " + each);
        }
    }

    private static SpikingNetwork constantInput() {
        for (long seed = 1; ; seed++) {
            SpikingNetwork network = RandomNetworks.convolutional(seed);
            if (network.encoder().isConstant() && network.timeSteps() > 1) {
                return network;
            }
        }
    }

    @Test
    void shouldCalibrateOnWhatReachesItsLayers() throws Exception {
        SpikingNetwork network = RandomNetworks.convolutional(8);
        byte[] samples = samples(network, 20, 2);
        List<int[]> expected = answers(Engine.load(network), samples, 20);
        double[] errors = new double[2];
        for (int calibrated = 0; calibrated < 2; calibrated++) {
            Offload offload = onDevices(network, "crossbar:ideal,adc=8", Offload.Policy.STOP);
            if (calibrated == 1) {
                offload.calibrate(samples, 20);
            }
            List<int[]> found = answers(Engine.load(offload), samples, 20);
            for (int i = 0; i < found.size(); i++) {
                for (int o = 0; o < found.get(i).length; o++) {
                    errors[calibrated] += Math.abs(found.get(i)[o] - expected.get(i)[o]);
                }
            }
        }
        assertTrue(errors[1] < errors[0], errors[1] + " after, " + errors[0] + " before");
    }

    /** An ideal crossbar that answers no more from a call on. */
    private static final class Failing implements CoProcessor {
        private final Crossbar within = new Crossbar("failing", CrossbarPresets.parse("ideal"));
        private int stepsLeft;

        private Failing(int stepsLeft) {
            this.stepsLeft = stepsLeft;
        }

        @Override
        public void step(int[] input, int[] output) throws CoProcessorException {
            if (stepsLeft-- <= 0) {
                Arrays.fill(output, 12345);
                throw new CoProcessorException(CoProcessorException.Failure.TIMEOUT, "no answer");
            }
            within.step(input, output);
        }

        @Override
        public String name() {
            return within.name();
        }

        @Override
        public Kind kind() {
            return within.kind();
        }

        @Override
        public Capability capability() {
            return within.capability();
        }

        @Override
        public Plan plan(SynapseLayer layer) {
            return within.plan(layer);
        }

        @Override
        public void program(Plan plan) {
            within.program(plan);
        }

        @Override
        public Verification verify() {
            return within.verify();
        }

        @Override
        public void calibrate(int[] inputs, int samples) {
            within.calibrate(inputs, samples);
        }

        @Override
        public void reset() {
            within.reset();
        }

        @Override
        public Counters counters() {
            return within.counters();
        }

        @Override
        public Health health() {
            return within.health();
        }

        @Override
        public void close() {
            within.close();
        }
    }

    @Test
    void shouldGoOnOnTheProcessorAndSaySo() throws Exception {
        SpikingNetwork network = RandomNetworks.convolutional(8);
        byte[] samples = samples(network, SAMPLES, 2);
        Offload offload = Offload.plan(network, List.of(new Failing(50)), Offload.Policy.PROCESSOR);
        offload.program();
        assertSame(answers(Engine.load(network), samples, SAMPLES), answers(Engine.load(offload), samples, SAMPLES));
        assertEquals(1, offload.failures().size());
        assertTrue(offload.failures().getFirst().gaveUp());
    }

    @Test
    void shouldStopWhereThePolicySaysSo() throws Exception {
        SpikingNetwork network = RandomNetworks.convolutional(8);
        Offload offload = Offload.plan(network, List.of(new Failing(50)), Offload.Policy.STOP);
        offload.program();
        Engine engine = Engine.load(offload);
        DeviceFailedException failed =
                assertThrows(DeviceFailedException.class, () -> answers(engine, samples(network, SAMPLES, 2), SAMPLES));
        assertTrue(failed.getMessage().contains("failing, which failed: no answer"), failed.getMessage());
        assertFalse(failed.mayBeGivenAnew());
        assertThrows(
                DeviceFailedException.class,
                () -> answers(engine, samples(network, SAMPLES, 2), SAMPLES),
                "asked again it must not go on without the device");
        offload.program();
        answers(engine, samples(network, 1, 2), 1);
    }
}
