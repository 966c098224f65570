package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.SelfTests;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfTestSamplesTest {

    private static SpikingNetwork digits() throws Exception {
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, 1e-4, 4, Encoder.DIRECT, new Readout(10, 5));
        return Quantiser.convert(
                NirImporter.read(ZooFolder.file("models/digits-conv.nir")), QuantiseOptions.of("digits", settings, 16));
    }

    private static SampleSet set(byte[] samples) {
        return SampleSet.of("set", 10, 16, new int[] {1, 8, 8}, samples, new byte[samples.length / 64]);
    }

    @Test
    void shouldTakeTheFirstSamplesOfASet() throws Exception {
        SampleSet samples = SampleSet.read(ZooFolder.file("data/digits.h5"), "calibration");
        SpikingNetwork network = SelfTestSamples.record(digits(), Optional.of(samples), 3);
        assertEquals(3, network.selfTests().size());
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(
                    Arrays.copyOfRange(samples.samples(), samples.offset(i), samples.offset(i + 1)),
                    network.selfTests().get(i).sample());
        }
        SelfTests.verify(Classifier.load(NetworkCodec.decode(NetworkCodec.encode(network)), Kernels.SWAR));
    }

    @Test
    void shouldMakeTheSameSamplesUpEachTimeWhereNoneFit() throws Exception {
        byte[] bright = new byte[128];
        bright[70] = 17;
        SpikingNetwork network = digits();
        assertEquals(16, network.input().output().maximum());
        SpikingNetwork unfit = SelfTestSamples.record(network, Optional.of(set(bright)), 2);
        SpikingNetwork none = SelfTestSamples.record(network, Optional.empty(), 2);
        assertArrayEquals(NetworkCodec.encode(none), NetworkCodec.encode(unfit));
        assertTrue(none.selfTests().getFirst().totalSpikes() > 0, "a silent network proves nothing");
        SelfTests.verify(Classifier.load(none, Kernels.SWAR));
    }

    @Test
    void shouldLeaveThemOutOrRefuseTooMany() throws Exception {
        SpikingNetwork network = digits();
        assertTrue(
                SelfTestSamples.record(network, Optional.empty(), 0).selfTests().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> SelfTestSamples.record(network, Optional.empty(), 17));
    }
}
