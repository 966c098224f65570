package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Engine;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.nir.NirExporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bursts and spikes that are taken back, from the conventional network to the integers (SpiCalib, arXiv 2207.02702). */
class SpikeCalibrationTest {
    private static final List<float[]> IMAGES = RandomAnn.images(20, 100, 5);
    private static final int STEPS = 16;

    private static Graph ann() {
        return new RandomAnn(3, 1, 10, 10)
                .conv("conv1", 6, 1)
                .relu("relu1")
                .maximum("pool", 3, 2)
                .conv("conv2", 8, 6)
                .relu("relu2")
                .conv("conv3", 5, 8)
                .relu("relu3")
                .flatten()
                .dense("readout", 4, 80)
                .graph(4);
    }

    private static SampleSet samples() {
        byte[] bytes = new byte[IMAGES.size() * 100];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(IMAGES.get(i / 100)[i % 100] * 255);
        }
        return SampleSet.of("random", 4, 255, new int[] {1, 10, 10}, bytes, new byte[IMAGES.size()]);
    }

    private static Conversion converted(ConvertOptions options) throws Exception {
        return Converter.convert(ann(), options, Optional.of(samples()), Progress.SILENT);
    }

    private static ConvertOptions options() {
        return ConvertOptions.rate(STEPS, new ThresholdRule.Percentile(0.98));
    }

    private static SpikingNetwork integers(Conversion conversion) throws Exception {
        return Quantiser.convert(conversion.graph(), QuantiseOptions.of("calibrated", conversion.settings(), 255));
    }

    private static Layer layer(SpikingNetwork network, String name) {
        return network.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldDeclareBothEndsOfWhatIsTakenBackAndKeepThemInTheImage() throws Exception {
        SpikingNetwork network = integers(converted(options().withBursts(BurstNeurons.calibrated(STEPS))));
        for (String name : List.of("relu1", "pool", "relu3")) {
            assertEquals(EdgeDomain.signed(-1, 5), layer(network, name).output(), name);
        }
        Operation.Neuron neuron = (Operation.Neuron) layer(network, "relu1").operation();
        assertEquals(Optional.of(new SpikeCalibration(8)), neuron.calibration());
        SpikingNetwork back = NetworkCodec.decode(NetworkCodec.encode(network));
        assertEquals(
                neuron.calibration(), ((Operation.Neuron) layer(back, "relu1").operation()).calibration());
    }

    @Test
    void shouldNotChangeNetworksThatFireOnceAStep() throws Exception {
        SpikingNetwork network = integers(converted(options()));
        assertEquals(EdgeDomain.SPIKE, layer(network, "relu1").output());
        assertEquals(2, NetworkCodec.encode(network)[1]);
    }

    @ParameterizedTest
    @EnumSource(SpikeCalibration.Rule.class)
    void shouldFireInFloatAsInIntegersOnTheSameSpikes(SpikeCalibration.Rule rule) throws Exception {
        BurstNeurons bursts = new BurstNeurons(5, Optional.of(new SpikeCalibration(1, rule)));
        Conversion conversion = converted(options().withBursts(bursts));
        SpikingNetwork network = integers(conversion);
        Engine engine = Engine.load(network);
        FloatSimulator floating = FloatSimulator.of(
                conversion.graph(),
                conversion.settings().profile(),
                conversion.settings().dt());
        int same = 0;
        int all = 0;
        int negative = 0;
        int relu3 = network.layers().indexOf(layer(network, "relu3"));
        for (float[] image : IMAGES) {
            byte[] sample = new byte[100];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (byte) Math.round(image[i] * 255);
            }
            engine.reset();
            floating.reset();
            for (int t = 0; t < STEPS; t++) {
                engine.step(sample, 0);
                floating.step(image);
                float[] expected = floating.output("relu3");
                for (int n = 0; n < expected.length; n++) {
                    same += engine.values(relu3)[n] == expected[n] ? 1 : 0;
                    negative += engine.values(relu3)[n] < 0 ? 1 : 0;
                    all++;
                }
            }
        }
        // What differs are int8 weights, which shift a spike by a step here and there.
        assertTrue(same > 0.9 * all, same + " of " + all);
        assertTrue(negative > 5, "nothing was taken back: " + negative);
    }

    @Test
    void shouldTakeBackExactlyAsTheIntegersDoWhereFloatsAreExact() throws Exception {
        Graph neurons = new RandomAnn(1, 100)
                .then("weights", new Node.Affine(identity(), null))
                .then(
                        "bursts",
                        new Node.BurstIf(
                                io.spikelet.host.graph.Tensor.scalar(128), 3, Optional.of(new SpikeCalibration(2))))
                .then("readout", new Node.Affine(identity(), null))
                .graph(100);
        FloatSimulator floating = FloatSimulator.of(neurons, io.spikelet.host.graph.Profile.SUBTRACT, 1);
        SpikingNetwork network = Quantiser.convert(
                neurons,
                QuantiseOptions.of(
                        "exact",
                        new io.spikelet.host.report.InferenceSettings(
                                io.spikelet.host.graph.Profile.SUBTRACT,
                                1e-3,
                                40,
                                io.spikelet.model.Encoder.FRAMES,
                                new io.spikelet.model.Readout(
                                        io.spikelet.model.Readout.Kind.POTENTIAL,
                                        100,
                                        1,
                                        io.spikelet.model.Readout.Exit.NEVER)),
                        1));
        Engine engine = Engine.load(network);
        java.util.Random random = new java.util.Random(6);
        float[] frame = new float[100];
        byte[] bytes = new byte[100];
        int bursts = network.layers().indexOf(layer(network, "bursts"));
        int negative = 0;
        for (int t = 0; t < 40; t++) {
            for (int i = 0; i < 100; i++) {
                bytes[i] = (byte) ((t + i) % 20 < 4 ? random.nextInt(2) : 0);
                frame[i] = bytes[i];
            }
            engine.step(bytes, 0);
            floating.step(frame);
            for (int n = 0; n < 100; n++) {
                assertEquals(floating.output("bursts")[n], engine.values(bursts)[n], "neuron " + n + " at " + t);
                negative += engine.values(bursts)[n] < 0 ? 1 : 0;
            }
        }
        assertTrue(negative > 20, "nothing was taken back: " + negative);
    }

    private static io.spikelet.host.graph.Tensor identity() {
        float[] weight = new float[100 * 100];
        for (int i = 0; i < 100; i++) {
            weight[i * 100 + i] = 127;
        }
        return io.spikelet.host.graph.Tensor.of(weight, 100, 100);
    }

    @Test
    void shouldFindFewerSilentNeuronsThatFiredOnceSpikesAreTakenBack() throws Exception {
        Conversion stay = converted(options().withBursts(new BurstNeurons(5)));
        Conversion back = converted(options().withBursts(BurstNeurons.calibrated(STEPS)));
        assertEquals(
                8,
                back.bursts().flatMap(BurstNeurons::calibration).orElseThrow().allowance());
        RateFidelity staying = RateFidelity.of(ann(), stay, integers(stay), samples(), Progress.SILENT);
        RateFidelity takenBack = RateFidelity.of(ann(), back, integers(back), samples(), Progress.SILENT);
        assertEquals(20, staying.samples());
        assertEquals(
                List.of("relu1", "relu2", "relu3"),
                staying.layers().stream().map(RateFidelity.Layer::name).toList());
        assertTrue(staying.silentThatFired() > 0, "nobody fired who should not");
        assertTrue(takenBack.silentThatFired() < staying.silentThatFired(), takenBack + " against " + staying);
        assertTrue(staying.outputError() < 0.1 * staying.outputPower(), staying.toString());
    }

    @Test
    void shouldNotTakeBackSpikesThatAreTheOutput() throws Exception {
        Graph ends = new RandomAnn(3, 100).dense("dense", 4, 100).relu("last").graph(4);
        Conversion conversion = Converter.convert(
                ends, options().withBursts(BurstNeurons.calibrated(STEPS)), Optional.of(samples()), Progress.SILENT);
        assertEquals(EdgeDomain.unsigned(5), integers(conversion).output().output());
        assertTrue(
                conversion
                        .graph()
                        .warnings()
                        .contains("node 'last' gives the output, so its neurons take no spikes back"),
                conversion.graph().warnings().toString());
    }

    @Test
    void shouldRefuseWhatCannotTakeSpikesBack(@TempDir Path folder) throws Exception {
        IllegalArgumentException or = assertThrows(
                IllegalArgumentException.class,
                () -> options().withBursts(BurstNeurons.calibrated(STEPS)).withPool(MaximumPool.OR));
        assertTrue(or.getMessage().contains("take --pool loss-free"), or.getMessage());
        IllegalArgumentException once = assertThrows(
                IllegalArgumentException.class,
                () -> ConvertOptions.firstSpike(24, new ThresholdRule.Ceiling()).withBursts(new BurstNeurons(5)));
        assertTrue(once.getMessage().contains("--code rate"), once.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BurstNeurons(0));
        assertThrows(IllegalArgumentException.class, () -> new BurstNeurons(256));
        Conversion conversion = converted(options().withBursts(new BurstNeurons(5)));
        Exception nir = assertThrows(
                Exception.class, () -> NirExporter.write(conversion.graph(), folder.resolve("bursts.nir")));
        assertTrue(nir.getMessage().contains("NIR"), nir.getMessage());
    }
}
