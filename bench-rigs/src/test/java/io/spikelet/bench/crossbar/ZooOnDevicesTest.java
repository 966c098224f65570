package io.spikelet.bench.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Engine;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zoo's networks on an ideal crossbar and on chips, spike for spike; the images are noise, since data is not in here. */
class ZooOnDevicesTest {
    private static SpikingNetwork network(String file, int steps, String profile, Readout readout, boolean fourBits)
            throws Exception {
        InferenceSettings settings =
                new InferenceSettings(Profile.named(profile), Profile.DEFAULT_DT, steps, Encoder.DIRECT, readout);
        QuantiseOptions options = QuantiseOptions.of(file, settings, 255);
        if (fourBits) {
            options = options.withWeights(WeightKind.INT4);
        }
        return Quantiser.convert(GraphFiles.read(Path.of("zoo/models", file + ".nir")), options);
    }

    private static Readout potentials() {
        return new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER);
    }

    /** Every value of every layer that is not inside a device. */
    private static void assertSame(SpikingNetwork network, String devices, int placedLayers) throws Exception {
        Offload offload = Offload.plan(
                network, CoProcessors.open(devices, network.layers().size()), Offload.Policy.STOP);
        offload.program();
        assertEquals(
                placedLayers,
                offload.placements().stream()
                        .filter(placement -> placement.device().isPresent())
                        .count(),
                offload.placements().toString());
        Engine plain = Engine.load(network);
        Engine placed = Engine.load(offload);
        byte[] sample = new byte[network.sampleBytes()];
        Random random = new Random(9);
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (byte) (random.nextInt(256) * random.nextInt(2));
            }
            plain.reset();
            placed.reset();
            for (int t = 0; t < network.timeSteps(); t++) {
                plain.step(sample, 0);
                placed.step(sample, 0);
                for (int layer = 0; layer < network.layers().size(); layer++) {
                    if (network.layers().get(layer).operation() instanceof Operation.Neuron) {
                        assertArrayEquals(
                                plain.values(layer),
                                placed.values(layer),
                                network.layers().get(layer).name() + " at step " + t);
                    }
                }
            }
            assertTrue(plain.spikes() > 0);
            assertEquals(plain.spikes(), placed.spikes());
            assertEquals(plain.synapticOperations(), placed.synapticOperations());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fashion-onestep, 1, snntorch, 6",
        "fashion-binary, 1, snntorch, 6",
        "fashion-sew, 4, subtract, 6",
        "fashion-steps-2, 2, snntorch, 4"
    })
    void shouldGiveTheProcessorsSpikesOnAnIdealCrossbar(String file, int steps, String profile, int layers)
            throws Exception {
        assertSame(network(file, steps, profile, potentials(), false), "crossbar:ideal", layers);
    }

    @ParameterizedTest
    @CsvSource({"tinyodin:sim", "crossbar:ideal"})
    void shouldGiveTheProcessorsSpikesOnTwoChips(String devices) throws Exception {
        SpikingNetwork network = network("fashion-chip", 8, "custom:if=unit", new Readout(10, 8), true);
        assertSame(network, devices, 2);
    }
}
