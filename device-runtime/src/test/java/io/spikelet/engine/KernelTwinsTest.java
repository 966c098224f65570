package io.spikelet.engine;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks on fast kernels against the same networks on plain ones. */
class KernelTwinsTest {
    private static final int NETWORKS = 250;

    /** Every kernel of a family, comparing and summing. */
    private static final List<String> SWAR_LOOPS = List.of(
            "FusedRowTiles fire",
            "FusedRowTiles sum",
            "NibbleSwarTiles fire",
            "NibbleSwarTiles sum",
            "Plain pack",
            "plain neurons",
            "SwarTiles fire",
            "SwarTiles sum",
            "ValueSwarTiles fire",
            "ValueSwarTiles sum");

    private static final List<String> VECTOR_LOOPS = List.of(
            "FusedVectorTiles fire",
            "FusedVectorTiles sum",
            "NibbleVectorTiles fire",
            "NibbleVectorTiles sum",
            "RollingNibbleTiles fire",
            "RollingNibbleTiles sum",
            "RollingVectorTiles fire",
            "RollingVectorTiles sum",
            "ValueVectorTiles fire",
            "ValueVectorTiles sum",
            "VectorPacker pack",
            "VectorTiles fire",
            "VectorTiles sum",
            "vector neurons");

    private static byte[] sample(SpikingNetwork network, Random random) {
        byte[] sample = new byte[network.sampleBytes()];
        boolean bits = network.input().output().kind() == EdgeDomain.Kind.BIT;
        int manner = random.nextInt(4);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte)
                    switch (manner) {
                        case 0 -> 0;
                        case 1 -> bits ? 1 : 255;
                        default -> random.nextBoolean() ? 0 : random.nextInt(bits ? 2 : 256);
                    };
        }
        return sample;
    }

    @ParameterizedTest
    @CsvSource({"SWAR, 1", "VECTOR, 1", "SWAR, 2", "VECTOR, 3"})
    void shouldGiveEveryOutputAndCountThatThePlainKernelsGive(Kernels kernels, int threads)
            throws MalformedDataException {
        long spikes = 0;
        int fast = 0;
        Set<String> loops = new TreeSet<>();
        for (int seed = 0; seed < NETWORKS; seed++) {
            SpikingNetwork network = WideNetworks.of(seed);
            Engine plain = Engine.load(network);
            Engine twin = Engine.load(network, kernels, threads);
            fast += twin.weightBytes() > 0 ? 1 : 0;
            twin.loops()
                    .forEach(loop ->
                            loops.add(Arrays.stream(loop.split(" ")).limit(2).collect(joining(" "))));
            Random random = new Random(seed);
            for (int repeat = 0; repeat < 5; repeat++) {
                byte[] sample = sample(network, random);
                int frame = network.encoder().takesFrameEachStep() ? sample.length / network.timeSteps() : 0;
                plain.reset();
                twin.reset();
                for (int t = 0; t < network.timeSteps(); t++) {
                    assertEquals(plain.step(sample, t * frame), twin.step(sample, t * frame), "seed " + seed);
                    String where = "seed " + seed + " step " + t;
                    for (int i = 0; i < network.layers().size(); i++) {
                        if (twin.gives(i)) {
                            assertArrayEquals(plain.values(i), twin.values(i), where + " layer " + i);
                        }
                    }
                    assertEquals(plain.spikes(), twin.spikes(), where);
                    assertEquals(plain.synapticOperations(), twin.synapticOperations(), where);
                }
                spikes += plain.spikes();
            }
            twin.close();
        }
        assertEquals(NETWORKS, fast);
        assertEquals(new TreeSet<>(kernels == Kernels.SWAR ? SWAR_LOOPS : VECTOR_LOOPS), loops);
        assertTrue(spikes > 100_000, "networks that never fire prove nothing: spikes=" + spikes);
    }

    @Test
    void shouldChangeKernelsBetweenSamplesWithoutChangingABit() throws MalformedDataException {
        for (int seed = 0; seed < 40; seed++) {
            SpikingNetwork network = WideNetworks.of(seed);
            int output = network.layers().size() - 1;
            Engine plain = Engine.load(network);
            Engine serving = Engine.load(network, Kernels.SWAR);
            Engine warm = Engine.load(network, Kernels.VECTOR);
            byte[] sample = sample(network, new Random(seed));
            plain.run(sample);
            warm.run(sample);
            warm.run(sample);
            serving.run(sample);
            serving.adopt(warm);
            serving.run(sample);
            assertArrayEquals(plain.values(output), serving.values(output), "seed " + seed);
            assertEquals(warm.weightBytes(), serving.weightBytes());
        }
    }

    @Test
    void shouldSayThatASwallowedLayerHasNoValues() throws MalformedDataException {
        Engine engine = Engine.load(WideNetworks.of(1), Kernels.SWAR);
        assertThrows(IllegalArgumentException.class, () -> engine.values(1));
    }
}
