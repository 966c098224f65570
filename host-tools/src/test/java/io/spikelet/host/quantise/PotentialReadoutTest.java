package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Thresholds, ORs, sums of spikes and averages in front of a readout of potentials. */
class PotentialReadoutTest {
    private static final int STEPS = 4;
    private static final int[] SHAPE = {2, 8, 8};
    private static final int COUNT = 8;

    @ParameterizedTest
    @MethodSource("io.spikelet.host.quantise.ExactGraphs#profiles")
    void shouldGiveEverySpikeAndEveryScoreOfRandomResidualGraphs(Profile profile) throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            ExactGraphs graphs = new ExactGraphs(seed);
            Graph graph = graphs.residual();
            QuantiseOptions options = options(profile, ExactGraphs.CLASSES);
            SpikingNetwork network = Quantiser.convert(graph, options);
            SampleSet samples = samples(graphs);

            SpikeComparison comparison =
                    SpikeComparison.run(graph, options.inference(), network, samples, Progress.SILENT);
            for (SpikeAgreement layer : comparison.layers()) {
                assertTrue(layer.first().isEmpty(), "seed " + seed + ", " + layer);
            }
            assertSameScores(graph, profile, network, samples);
        }
    }

    @Test
    void shouldMakeAnOrASumAndAMeanIntoLayersOfTheirOwn() throws Exception {
        SpikingNetwork network =
                Quantiser.convert(new ExactGraphs(1).residual(), options(Profile.NORSE, ExactGraphs.CLASSES));

        List<String> names = network.layers().stream().map(Layer::name).toList();
        assertEquals(
                List.of(
                        "input",
                        "conv1",
                        "spike1",
                        "pool1",
                        "conv2",
                        "spike2",
                        "conv3.sum",
                        "conv3",
                        "spike3",
                        "mean",
                        "readout",
                        "output"),
                names);
        Layer or = network.layers().get(3);
        assertEquals(Pool2d.max(2), or.operation());
        assertEquals(EdgeDomain.SPIKE, or.output());
        Layer sum = network.layers().get(6);
        assertEquals(new Join(Join.Kind.ADD), sum.operation());
        assertEquals(EdgeDomain.unsigned(2), sum.output());
        Layer mean = network.layers().get(9);
        assertEquals(Pool2d.sum(2, 2, 2, 2, 0, 0), mean.operation());
        Operation.Neuron output = (Operation.Neuron) network.output().operation();
        assertEquals(Operation.Neuron.Output.POTENTIAL, output.output());
        assertEquals(1, output.membraneUnit().length);
    }

    @Test
    void shouldKeepAPoolThatCountsSpikesAsASum() throws Exception {
        Graph graph = ChainBuilder.from(1, 2, 2)
                .then("spike", new Node.Threshold(Tensor.scalar(0.5f)))
                .then("pool", new Node.SumPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0}))
                .then("three", new Node.Threshold(Tensor.scalar(2)))
                .to(1, 1, 1);
        InferenceSettings settings = new InferenceSettings(Profile.NORSE, 1, 1, Encoder.DIRECT, new Readout(1, 1));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("count", settings, 16));

        assertEquals(
                List.of("input", "spike", "pool", "three"),
                network.layers().stream().map(Layer::name).toList());
        assertEquals(0, score(network, new byte[] {16, 16, 8, 0}));
        assertEquals(1, score(network, new byte[] {16, 16, 9, 0}));
    }

    @Test
    void shouldCompareClassesInOneUnitWhateverTheirScales() throws Exception {
        // Rows whose scales differ by 1000: 0.004 x 100 inputs against 4 x 0.09 of one input.
        float[] weights = new float[2 * 101];
        java.util.Arrays.fill(weights, 0, 100, 0.004f);
        weights[101 + 100] = 4;
        Graph graph = ChainBuilder.from(101)
                .then("readout", new Node.Affine(Tensor.of(weights, 2, 101), Tensor.of(new float[] {0, 0.01f}, 2)))
                .to(2);
        SpikingNetwork network = Quantiser.convert(graph, options(Profile.NORSE, 2));
        byte[] sample = new byte[101];
        java.util.Arrays.fill(sample, 0, 100, (byte) 16);

        sample[100] = 1; // 4 / 16 + 0.01 = 0.26 against 0.4
        assertEquals(0, predicted(network, sample));
        sample[100] = 2; // 0.51 against 0.4
        assertEquals(1, predicted(network, sample));
    }

    @ParameterizedTest
    @EnumSource(WeightKind.class)
    void shouldRunEveryKindOfWeightsToTheSameSpikesAsTheirRealValues(WeightKind kind) throws Exception {
        for (long seed = 100; seed < 106; seed++) {
            ExactGraphs graphs = new ExactGraphs(seed);
            Graph graph = graphs.residual();
            QuantiseOptions options = options(Profile.SUBTRACT, ExactGraphs.CLASSES);
            SpikingNetwork network = Quantiser.convert(graph, options.withWeights(kind));
            Graph rounded = RoundedWeights.in(graph, network);

            SpikeComparison comparison =
                    SpikeComparison.run(rounded, options.inference(), network, samples(graphs), Progress.SILENT);
            for (SpikeAgreement layer : comparison.layers()) {
                // Sums of few small integers meet thresholds exactly, where float's last bit decides for a whole
                // neuron.
                assertTrue(layer.agreement() > 0.98, "seed " + seed + ", " + kind + ", " + layer);
            }
        }
    }

    @Test
    void shouldAnswerTheSameWithAnyNumberOfThreads() throws Exception {
        ExactGraphs graphs = new ExactGraphs(7);
        Graph graph = graphs.residual();
        QuantiseOptions options = options(Profile.SUBTRACT, ExactGraphs.CLASSES);
        SpikingNetwork network = Quantiser.convert(graph, options);
        SampleSet samples = samples(graphs);
        Evaluation one = Evaluation.ofInteger(network, samples, 1, Progress.SILENT);
        Evaluation floating = Evaluation.ofFloat(graph, options.inference(), samples, 1, Progress.SILENT);
        long[] told = new long[1];
        for (int threads : new int[] {2, 3, 20}) {
            Evaluation several = Evaluation.ofInteger(network, samples, threads, (done, total) -> told[0] = done);
            assertEquals(COUNT, one.agreementWith(several));
            assertEquals(one.spikesPerInference(), several.spikesPerInference());
            assertEquals(one.operationsPerInference(), several.operationsPerInference());
            assertEquals(COUNT, told[0]);
            Evaluation floats = Evaluation.ofFloat(graph, options.inference(), samples, threads, Progress.SILENT);
            assertEquals(COUNT, floating.agreementWith(floats));
            assertEquals(floating.spikesPerInference(), floats.spikesPerInference());
        }
    }

    private static void assertSameScores(Graph graph, Profile profile, SpikingNetwork network, SampleSet samples)
            throws Exception {
        double unit = ((Operation.Neuron) network.output().operation()).membraneUnit()[0];
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        FloatSimulator simulator = FloatSimulator.of(graph, profile, 1);
        for (int i = 0; i < samples.count(); i++) {
            classifier.infer(samples.samples(), samples.offset(i), inference);
            float[] frame = new float[samples.sampleBytes()];
            for (int k = 0; k < frame.length; k++) {
                frame[k] = samples.samples()[samples.offset(i) + k] / (float) samples.fullScale();
            }
            simulator.reset();
            double[] scores = new double[ExactGraphs.CLASSES];
            for (int t = 0; t < STEPS; t++) {
                simulator.step(frame);
                for (int c = 0; c < scores.length; c++) {
                    scores[c] += simulator.output()[c];
                }
            }
            for (int c = 0; c < scores.length; c++) {
                assertEquals(scores[c], inference.scores()[c] * unit, "sample " + i + ", class " + c);
            }
        }
    }

    private static int score(SpikingNetwork network, byte[] sample) throws Exception {
        Inference inference = Inference.forNetwork(network);
        Classifier.load(network).infer(sample, 0, inference);
        return inference.scores()[0];
    }

    private static int predicted(SpikingNetwork network, byte[] sample) throws Exception {
        Inference inference = Inference.forNetwork(network);
        Classifier.load(network).infer(sample, 0, inference);
        return inference.predicted();
    }

    private static SampleSet samples(ExactGraphs graphs) {
        int bytes = SHAPE[0] * SHAPE[1] * SHAPE[2];
        return SampleSet.of(
                "random",
                ExactGraphs.CLASSES,
                ExactGraphs.FULL_SCALE,
                SHAPE,
                graphs.sample(COUNT * bytes),
                new byte[COUNT]);
    }

    private static QuantiseOptions options(Profile profile, int classes) {
        Readout readout = new Readout(Readout.Kind.POTENTIAL, classes, 1, Readout.Exit.NEVER);
        return QuantiseOptions.of(
                "potentials",
                new InferenceSettings(profile, 1, STEPS, Encoder.DIRECT, readout),
                ExactGraphs.FULL_SCALE);
    }
}
