package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static final List<float[]> IMAGES = RandomAnn.images(20, 100, 5);

    private static Graph convolutional() {
        return new RandomAnn(3, 1, 10, 10)
                .conv("conv1", 6, 1)
                .relu("relu1")
                .maximum("pool", 3, 2)
                .conv("conv2", 5, 6)
                .relu("relu2")
                .flatten()
                .dense("readout", 4, 80)
                .graph(4);
    }

    private static Graph residual() {
        return new RandomAnn(4, 1, 10, 10)
                .conv("conv1", 4, 1)
                .relu("relu1")
                .conv("conv2", 4, 4)
                .relu("relu2")
                .edge("relu1", "relu2")
                .conv("conv3", 3, 4)
                .edge("relu1", "conv3")
                .relu("relu3")
                .flatten()
                .dense("readout", 4, 300)
                .graph(4);
    }

    static SampleSet samples(List<float[]> images) {
        byte[] bytes = new byte[images.size() * 100];
        for (int k = 0; k < images.size(); k++) {
            for (int i = 0; i < 100; i++) {
                bytes[k * 100 + i] = (byte) Math.round(images.get(k)[i] * 255);
            }
        }
        return SampleSet.of("random", 4, 255, new int[] {1, 10, 10}, bytes, new byte[images.size()]);
    }

    static Conversion converted(Graph ann, ConvertOptions options) throws Exception {
        return Converter.convert(ann, options, Optional.of(samples(IMAGES)), Progress.SILENT);
    }

    /** The largest distance of the mean output over T steps from the conventional network's output. */
    static float distance(Graph ann, Conversion conversion) {
        FloatSimulator conventional = ActivationStudy.simulator(ann);
        FloatSimulator spiking = FloatSimulator.of(
                conversion.graph(), Profile.SUBTRACT, conversion.settings().dt());
        float worst = 0;
        for (float[] image : IMAGES) {
            conventional.step(image);
            spiking.reset();
            float[] sum = new float[4];
            for (int t = 0; t < conversion.settings().timeSteps(); t++) {
                spiking.step(image);
                for (int c = 0; c < 4; c++) {
                    sum[c] += spiking.output()[c];
                }
            }
            for (int c = 0; c < 4; c++) {
                float mean = sum[c] / conversion.settings().timeSteps();
                worst = Math.max(worst, Math.abs(mean - conventional.output()[c]));
            }
        }
        return worst;
    }

    @Test
    void shouldComeNearerToTheConventionalNetworkTheMoreStepsThereAre() throws Exception {
        for (Graph ann : List.of(convolutional(), residual())) {
            ConvertOptions options = ConvertOptions.rate(16, new ThresholdRule.Largest());
            float few = distance(ann, converted(ann, options));
            float many = distance(ann, converted(ann, ConvertOptions.rate(512, options.thresholds())));
            assertTrue(many < 0.03, "after 512 steps: " + many);
            assertTrue(few > 4 * many, few + " after 16 steps, " + many + " after 512");
        }
    }

    @Test
    void shouldMissTheConventionalNetworkWherePoolsCountEverySpike() throws Exception {
        ConvertOptions options = ConvertOptions.rate(256, new ThresholdRule.Largest());
        float lossFree = distance(convolutional(), converted(convolutional(), options));
        float or = distance(convolutional(), converted(convolutional(), options.withPool(MaximumPool.OR)));
        assertTrue(or > 5 * lossFree, or + " with OR, " + lossFree + " without loss");
    }

    @Test
    void shouldGiveTheLargestSumFromLossFreePoolsWhateverArrives() {
        Graph pool = new RandomAnn(1, 2, 9, 9)
                .then("pool", new Node.LossFreePool2d(new int[] {3, 3}, new int[] {2, 2}, new int[] {1, 1}))
                .flatten()
                .graph(50);
        FloatSimulator simulator = FloatSimulator.of(pool, Profile.SUBTRACT, 1);
        Random random = new Random(2);
        float[] sums = new float[162];
        float[] given = new float[50];
        for (int t = 0; t < 200; t++) {
            float[] spikes = new float[162];
            for (int i = 0; i < spikes.length; i++) {
                spikes[i] = random.nextInt(3) - 1;
                sums[i] += spikes[i];
            }
            simulator.step(spikes);
            for (int o = 0; o < given.length; o++) {
                given[o] += simulator.output()[o];
            }
        }
        float[] largest = new float[50];
        for (int o = 0; o < largest.length; o++) {
            int top = o % 25 / 5 * 2 - 1;
            int left = o % 5 * 2 - 1;
            largest[o] = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < 9; i++) {
                int y = top + i / 3;
                int x = left + i % 3;
                if (y >= 0 && y < 9 && x >= 0 && x < 9) {
                    largest[o] = Math.max(largest[o], sums[o / 25 * 81 + y * 9 + x]);
                }
            }
        }
        assertArrayEquals(largest, given);
    }

    @Test
    void shouldMoveAReluBehindAPoolBeforeItWithoutChangingAValue() {
        Graph ann = new RandomAnn(3, 1, 10, 10)
                .conv("conv1", 6, 1)
                .maximum("pool", 2, 2)
                .relu("relu1")
                .flatten()
                .dense("readout", 4, 150)
                .graph(4);
        Graph turned = ReluBeforePool.of(ann);
        assertEquals(List.of("relu1"), turned.sourcesOf("pool"));
        FloatSimulator one = ActivationStudy.simulator(ann);
        FloatSimulator other = ActivationStudy.simulator(turned);
        for (float[] image : IMAGES) {
            one.step(image);
            other.step(image);
            assertArrayEquals(one.output(), other.output());
        }
    }

    @Test
    void shouldFireOnceAndSayTheSameInIntegersAsInFloat() throws Exception {
        Conversion conversion =
                converted(convolutional(), ConvertOptions.firstSpike(24, new ThresholdRule.Percentile(0.999)));
        SpikingNetwork network =
                Quantiser.convert(conversion.graph(), QuantiseOptions.of("ttfs", conversion.settings(), 255));
        Classifier integer = Classifier.load(network);
        Inference answer = Inference.forNetwork(network);
        FloatSimulator conventional = ActivationStudy.simulator(convolutional());
        SampleSet samples = samples(IMAGES);
        byte[] sample = new byte[100];
        int same = 0;
        int neurons = network.layers().stream()
                .filter(layer -> layer.output().kind() == EdgeDomain.Kind.TIME)
                .map(Layer::shape)
                .mapToInt(shape -> shape.size())
                .sum();
        for (int k = 0; k < IMAGES.size(); k++) {
            samples.read(k, sample, 0);
            integer.infer(sample, 0, answer);
            conventional.step(IMAGES.get(k));
            same += answer.predicted() == largest(conventional.output()) ? 1 : 0;
            assertTrue(answer.spikes() > 0 && answer.spikes() <= neurons, answer.spikes() + " of " + neurons);
        }
        assertTrue(same >= 16, "the same class for " + same + " of 20");
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }

    @Test
    void shouldFindTheDerivativeByEachInputValue() {
        for (Graph ann : List.of(convolutional(), residual())) {
            FloatSimulator network = ActivationStudy.simulator(ann);
            InputGradient gradient = new InputGradient(ann, network);
            float[] image = IMAGES.getFirst().clone();
            network.step(image);
            float[] slope = gradient.of(new float[] {1, -0.5f, 0, 0.25f}).clone();
            int close = 0;
            for (int i = 0; i < 100; i++) {
                double change = weighted(network, image, i, 1e-3f) - weighted(network, image, i, -1e-3f);
                close += Math.abs(change / 2e-3 - slope[i]) < 0.02 * Math.max(0.1, Math.abs(slope[i])) ? 1 : 0;
            }
            // A difference that steps over the bend of a ReLU is no derivative; few do.
            assertTrue(close >= 90, close + " of 100");
        }
    }

    private static double weighted(FloatSimulator network, float[] image, int at, float by) {
        float[] moved = image.clone();
        moved[at] += by;
        network.step(moved);
        float[] output = network.output();
        return output[0] - 0.5 * output[1] + 0.25 * output[3];
    }

    @Test
    void shouldFindThresholdsWithoutDataThatAreLikeThoseWithData() throws Exception {
        ConvertOptions options = ConvertOptions.rate(32, new ThresholdRule.Largest());
        Conversion with = converted(convolutional(), options);
        Conversion without =
                Converter.convert(convolutional(), options.withoutData(), Optional.empty(), Progress.SILENT);
        with.thresholds().forEach((node, threshold) -> {
            float ratio = without.thresholds().get(node) / threshold;
            assertTrue(ratio > 0.5 && ratio < 3, node + ": " + ratio);
        });
        Conversion again = Converter.convert(convolutional(), options.withoutData(), Optional.empty(), Progress.SILENT);
        assertEquals(without.thresholds(), again.thresholds());
    }

    @Test
    void shouldSearchForAPercentileThatIsNoWorseThanTheLargest() throws Exception {
        Graph ann = convolutional();
        Conversion found = converted(ann, ConvertOptions.rate(16, null));
        Conversion largest = converted(ann, ConvertOptions.rate(16, new ThresholdRule.Largest()));
        OutputDivergence divergence = OutputDivergence.of(ann, Images.of(IMAGES), 20, 255);
        assertTrue(divergence.of(found) <= divergence.of(largest) + 1e-6);
        assertTrue(found.rule().startsWith("percentile:"), found.rule());
    }

    @Test
    void shouldTakeQuantilesOfAHistogramThatWidens() {
        ActivationHistogram histogram = new ActivationHistogram();
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 100f;
        }
        histogram.add(values);
        assertEquals(99.99f, histogram.largest());
        assertEquals(99f, histogram.quantile(0.99), 0.1);
        assertEquals(50f, histogram.quantile(0.5), 0.1);
    }

    @Test
    void shouldSayWhatCannotBeConverted() {
        ConversionException clip = assertThrows(
                ConversionException.class,
                () -> converted(convolutional(), ConvertOptions.rate(8, new ThresholdRule.Ceiling())));
        assertTrue(clip.getMessage().contains("relu1") && clip.getMessage().contains("percentile"), clip.getMessage());
        ConversionException sum = assertThrows(
                ConversionException.class,
                () -> converted(residual(), ConvertOptions.firstSpike(24, new ThresholdRule.Largest())));
        assertTrue(sum.getMessage().contains("times cannot be added"), sum.getMessage());
        Graph linear = new RandomAnn(1, 100).dense("readout", 4, 100).graph(4);
        ConversionException none = assertThrows(
                ConversionException.class,
                () -> converted(linear, ConvertOptions.rate(8, new ThresholdRule.Largest())));
        assertTrue(none.getMessage().contains("no activations"), none.getMessage());
    }
}
