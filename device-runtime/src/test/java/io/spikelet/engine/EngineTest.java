package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static byte[] sample(SpikingNetwork network, Random random) {
        byte[] sample = new byte[network.sampleBytes()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(17));
        }
        return sample;
    }

    @Test
    void shouldGiveEveryValueAndMembraneThatThePlainEngineGives() throws MalformedDataException {
        long spikes = 0;
        for (int seed = 0; seed < 60; seed++) {
            spikes += assertAsThePlainEngine(RandomNetworks.convolutional(seed), seed);
        }
        assertTrue(spikes > 10_000, "networks that never fire prove nothing: spikes=" + spikes);
    }

    @Test
    void shouldGiveEveryValueOfEveryPrimitiveThatThePlainEngineGives() throws MalformedDataException {
        long spikes = 0;
        Set<String> met = new TreeSet<>();
        for (int seed = 0; seed < 300; seed++) {
            SpikingNetwork network = RandomNetworks.any(seed);
            network.layers().forEach(layer -> met.add(word(layer.operation())));
            met.add(network.encoder().word());
            met.add("readout " + network.readout().kind());
            spikes += assertAsThePlainEngine(network, seed);
        }
        assertTrue(spikes > 100_000, "networks that never fire prove nothing: spikes=" + spikes);
        assertEquals(38, met.size(), met.toString());
    }

    private static String word(Operation operation) {
        return switch (operation) {
            case Operation.Dense dense -> "dense " + dense.kind();
            case Operation.Conv2d conv -> "conv " + conv.kind();
            case Operation.Neuron neuron -> "neuron " + neuron.output() + (neuron.gated() ? " gated" : "");
            case Pool2d pool -> "pool " + pool.kind();
            case Join join -> "join " + join.kind();
            default -> operation.getClass().getSimpleName();
        };
    }

    /** @return the spikes of two samples, the second to find what a reset forgot */
    private static long assertAsThePlainEngine(SpikingNetwork network, int seed) throws MalformedDataException {
        long spikes = 0;
        Engine engine = Engine.load(network);
        Random random = new Random(seed);
        for (int repeat = 0; repeat < 2; repeat++) {
            PlainEngine plain = new PlainEngine(network);
            engine.reset();
            byte[] sample = sample(network, random);
            int frame = network.encoder().takesFrameEachStep() ? sample.length / network.timeSteps() : 0;
            for (int t = 0; t < network.timeSteps(); t++) {
                plain.step(sample);
                engine.step(sample, t * frame);
                for (int i = 0; i < network.layers().size(); i++) {
                    String name = network.layers().get(i).name();
                    assertEqualValues(plain.values(i), engine.values(i), seed, t, name);
                    if (network.layers().get(i).operation() instanceof Operation.Neuron) {
                        assertEqualValues(plain.membrane(i), engine.membrane(i), seed, t, "membrane of " + name);
                    }
                }
                assertEquals(plain.operations(), engine.synapticOperations(), "seed " + seed + " step " + t);
            }
            spikes += engine.spikes();
        }
        return spikes;
    }

    private static void assertEqualValues(BigInteger[] plain, int[] engine, int seed, int t, String what) {
        for (int n = 0; n < engine.length; n++) {
            assertEquals(
                    plain[n].longValueExact(), engine[n], "seed " + seed + " step " + t + " " + what + " [" + n + "]");
        }
    }

    @Test
    void shouldAnswerTheSameAgainAfterOtherSamples() throws MalformedDataException {
        SpikingNetwork network = RandomNetworks.convolutional(3);
        Classifier classifier = Classifier.load(network);
        Random random = new Random(1);
        byte[] first = sample(network, random);
        Inference before = Inference.forNetwork(network);
        Inference after = Inference.forNetwork(network);
        classifier.infer(first, 0, before);
        classifier.infer(sample(network, random), 0, after);
        classifier.infer(first, 0, after);
        assertEquals(List.of(before.outputSpikes()).getFirst().length, after.outputSpikes().length);
        org.junit.jupiter.api.Assertions.assertArrayEquals(before.outputSpikes(), after.outputSpikes());
        assertEquals(before.synapticOperations(), after.synapticOperations());
    }

    @Test
    void shouldRefuseANetworkWhoseDeclaredMembraneBoundDoesNotHold() {
        SpikingNetwork network = RandomNetworks.convolutional(5);
        List<Layer> layers = new ArrayList<>(network.layers());
        Layer last = layers.getLast();
        Operation.Neuron neuron = (Operation.Neuron) last.operation();
        layers.set(
                layers.size() - 1,
                new Layer(last.name(), last.inputs(), last.shape(), last.output(), neuron.withMembraneMaximum(10)));
        MalformedDataException refused =
                assertThrows(MalformedDataException.class, () -> Engine.load(network.withLayers(layers)));
        assertTrue(refused.getMessage().contains("layer 'output': its membrane can reach"), refused.getMessage());
    }

    @Test
    void shouldRefuseASampleThatIsTooShortOrAboveTheDeclaredMaximum() throws MalformedDataException {
        SpikingNetwork network = RandomNetworks.convolutional(7);
        Classifier classifier = Classifier.load(network);
        Inference into = Inference.forNetwork(network);
        byte[] sample = new byte[network.sampleBytes()];
        assertThrows(IllegalArgumentException.class, () -> classifier.infer(sample, 1, into));
        sample[4] = 17;
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> classifier.infer(sample, 0, into));
        assertEquals("an input value is at most 16: value 17 at byte 4", refused.getMessage());
    }
}
