package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fast kernels among plain ones of every primitive, in networks of any wiring. */
class AnyTwinsTest {
    @ParameterizedTest
    @EnumSource(
            value = Kernels.class,
            names = {"SWAR", "VECTOR"})
    void shouldGiveWhatPlainKernelsGiveInNetworksOfAnyPrimitives(Kernels kernels) throws MalformedDataException {
        int fast = 0;
        for (int seed = 0; seed < 400; seed++) {
            SpikingNetwork network = RandomNetworks.any(seed);
            Engine plain = Engine.load(network);
            Engine twin = Engine.load(network, kernels);
            fast += twin.weightBytes() > 0 ? 1 : 0;
            byte[] sample = new byte[network.sampleBytes()];
            Random random = new Random(seed);
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (byte) random.nextInt(17);
            }
            for (int repeat = 0; repeat < 2; repeat++) {
                assertTwins(network, plain, twin, sample, "seed " + seed);
            }
        }
        assertTrue(fast > 200, "few networks ran on fast kernels: " + fast);
    }

    private static void assertTwins(SpikingNetwork network, Engine plain, Engine twin, byte[] sample, String where) {
        int frame = network.encoder().takesFrameEachStep() ? sample.length / network.timeSteps() : 0;
        plain.reset();
        twin.reset();
        for (int t = 0; t < network.timeSteps(); t++) {
            plain.step(sample, t * frame);
            twin.step(sample, t * frame);
            for (int i = 0; i < network.layers().size(); i++) {
                if (twin.gives(i)) {
                    assertArrayEquals(plain.values(i), twin.values(i), where + " step " + t + " layer " + i);
                }
            }
            assertEquals(plain.spikes(), twin.spikes(), where);
            assertEquals(plain.synapticOperations(), twin.synapticOperations(), where);
        }
    }
}
