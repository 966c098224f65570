package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SelfTest;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfTestsTest {
    private static final int NETWORKS = 40;

    private static SpikingNetwork recorded(int seed) throws MalformedDataException {
        SpikingNetwork network = WideNetworks.of(seed);
        byte[] first = new byte[network.sampleBytes()];
        byte[] second = new byte[network.sampleBytes()];
        Random random = new Random(seed);
        for (int i = 0; i < first.length; i++) {
            first[i] = (byte) random.nextInt(network.input().output().maximum() + 1);
        }
        return SelfTests.record(network, List.of(first, second));
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void shouldPassOnEveryFamilyOfKernels(Kernels kernels) throws Exception {
        for (int seed = 0; seed < NETWORKS; seed++) {
            SelfTests.verify(Classifier.load(NetworkCodec.decode(NetworkCodec.encode(recorded(seed))), kernels));
        }
    }

    @Test
    void shouldPassWithoutAnySelfTest() throws Exception {
        SelfTests.verify(Classifier.load(WideNetworks.of(1), Kernels.SWAR));
    }

    @Test
    void shouldFailWhereOneBitIsNotTheRecordedOne() throws Exception {
        SpikingNetwork network = spiking();
        SelfTest right = network.selfTests().get(1);
        byte[] spikes = right.spikes().clone();
        spikes[spikes.length - 1] ^= 1;
        int[] scores = right.scores().clone();
        scores[0]++;
        assertFails(
                network, new SelfTest(right.sample(), spikes, right.scores(), right.totalSpikes()), "output spikes");
        assertFails(network, new SelfTest(right.sample(), right.spikes(), scores, right.totalSpikes()), "scores");
        assertFails(
                network,
                new SelfTest(right.sample(), right.spikes(), right.scores(), right.totalSpikes() + 1),
                "number of spikes");
    }

    @Test
    void shouldKeepVectorKernelsThatFailOutOfService() throws Exception {
        SpikingNetwork right = recorded(3);
        SelfTest first = right.selfTests().getFirst();
        SelfTest wrong = new SelfTest(first.sample(), first.spikes(), first.scores(), first.totalSpikes() + 1);
        for (SpikingNetwork network : List.of(right, right.withSelfTests(List.of(wrong)))) {
            Engine serving = Engine.load(network, Kernels.SWAR);
            Set<String> plain = serving.loops();
            new Warming(serving).run();
            serving.reset();
            assertEquals(network == right, !serving.loops().equals(plain));
        }
    }

    private static SpikingNetwork spiking() throws MalformedDataException {
        SpikingNetwork network = recorded(0);
        for (int seed = 1; network.selfTests().getFirst().spikes().length == 0; seed++) {
            network = recorded(seed);
        }
        return network;
    }

    private static void assertFails(SpikingNetwork network, SelfTest wrong, String what) throws Exception {
        var tests = List.of(network.selfTests().getFirst(), wrong);
        Classifier classifier = Classifier.load(network.withSelfTests(tests), Kernels.SWAR);
        var failed = assertThrows(SelfTestFailedException.class, () -> SelfTests.verify(classifier));
        assertEquals("self-test 1 gives other " + what + " than the image recorded", failed.getMessage());
    }
}
