package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums of activations, and pools at the very end: what residual networks and ones that end in a global mean are made of. */
class SumAndEndConversionTest {
    private static final ThresholdRule LARGEST = new ThresholdRule.Largest();

    /** The sum of two activations, before whatever comes. */
    private static RandomAnn sum(String reader, Node node) {
        return new RandomAnn(6, 1, 10, 10)
                .conv("conv1", 4, 1)
                .relu("relu1")
                .conv("conv2", 4, 4)
                .relu("relu2")
                .then(reader, node)
                .edge("relu1", reader);
    }

    private static Node.AvgPool2d mean(int extent) {
        return new Node.AvgPool2d(new int[] {extent, extent}, new int[] {extent, extent}, new int[2]);
    }

    private static Graph flattened() {
        return sum("flatten", new Node.Flatten(0, 2)).dense("readout", 4, 400).graph(4);
    }

    private static Graph pooled() {
        return sum("mean", mean(5)).flatten().dense("readout", 4, 16).graph(4);
    }

    /** Ends in a mean over whole planes, and a sum at that. */
    private static Graph mean() {
        return sum("mean", mean(10)).flatten().graph(4);
    }

    private static Graph maximum() {
        return new RandomAnn(7, 1, 10, 10)
                .conv("conv1", 4, 1)
                .relu("relu1")
                .maximum("max", 10, 10)
                .flatten()
                .graph(4);
    }

    private static float distance(Graph ann, int steps) throws Exception {
        return ConversionTest.distance(ann, ConversionTest.converted(ann, ConvertOptions.rate(steps, LARGEST)));
    }

    @Test
    void shouldPassAFlattenAndPoolsBetweenASumOfActivationsAndTheWeights() throws Exception {
        for (Graph ann : List.of(flattened(), pooled())) {
            float few = distance(ann, 16);
            float many = distance(ann, 512);
            assertTrue(many < 0.03, "after 512 steps: " + many);
            assertTrue(few > 4 * many, few + " after 16 steps, " + many + " after 512");
        }
    }

    @Test
    void shouldReadOutPoolsThatEndTheNetwork() throws Exception {
        for (Graph ann : List.of(mean(), maximum())) {
            float many = distance(ann, 512);
            assertTrue(many < 0.03, "after 512 steps: " + many);
        }
    }

    @Test
    void shouldMakeIntegersOfSumsAndOfPoolsAtTheEnd() throws Exception {
        List<float[]> images = RandomAnn.images(20, 100, 5);
        for (Graph ann :
                List.of(flattened(), pooled(), mean(), maximum(), classMaps(1).graph(4))) {
            Conversion conversion = ConversionTest.converted(ann, ConvertOptions.rate(64, LARGEST));
            assertEquals(Readout.Kind.POTENTIAL, conversion.settings().readout().kind());
            SpikingNetwork network = Quantiser.quantise(
                            conversion.graph(),
                            QuantiseOptions.of("sum", conversion.settings(), 255),
                            ConversionTest.samples(images),
                            Progress.SILENT)
                    .network();
            Classifier integer = Classifier.load(network);
            Inference answer = Inference.forNetwork(network);
            FloatSimulator conventional = ActivationStudy.simulator(ann);
            byte[] sample = new byte[100];
            double unit = OutputUnit.of(conversion, network);
            for (int k = 0; k < images.size(); k++) {
                ConversionTest.samples(images).read(k, sample, 0);
                integer.infer(sample, 0, answer);
                conventional.step(images.get(k));
                for (int c = 0; c < 4; c++) {
                    assertEquals(conventional.output()[c], answer.scores()[c] * unit, 0.1, "class " + c);
                }
            }
        }
    }

    private static RandomAnn classMaps(int extent) {
        int size = 4 * 6 * extent * extent;
        float[] weight = new float[size];
        for (int i = 0; i < size; i++) {
            weight[i] = (float) Math.sin(i + 1) / extent;
        }
        int[] one = {1, 1};
        return new RandomAnn(9, 1, 10, 10)
                .conv("conv1", 6, 1)
                .relu("relu1")
                .then(
                        "maps",
                        new Node.Conv2d(
                                Tensor.of(weight, 4, 6, extent, extent),
                                Tensor.of(new float[] {0.1f, -0.2f, 0.3f, 0}, 4),
                                one,
                                new int[2],
                                one,
                                1,
                                new int[] {10, 10}))
                .then("mean", mean(11 - extent))
                .flatten();
    }

    @Test
    void shouldConvertAMeanOfClassMapsThatNoActivationFollows() throws Exception {
        Graph ann = classMaps(1).graph(4);
        assertEquals(List.of("mean"), MeanBeforeWeights.of(ann).sourcesOf("maps"));
        float many = distance(ann, 512);
        assertTrue(many < 0.03, "after 512 steps: " + many);
    }

    @Test
    void shouldSayWhichSumsHaveNoActivationBehindThem() {
        Graph ann = classMaps(3).graph(4);
        String message =
                assertThrows(ConversionException.class, () -> distance(ann, 8)).getMessage();
        assertTrue(message.contains("node 'mean' reads the sums of 'maps', which has no ReLU behind it"), message);
    }

    /** A mean of 3x3 that leaves its padding out, as the importer writes it, before whatever comes. */
    private static RandomAnn borders() {
        float[] factors = new float[400];
        for (int i = 0; i < factors.length; i++) {
            int y = i / 10 % 10;
            int x = i % 10;
            factors[i] = (y % 9 == 0 ? 1.5f : 1) * (x % 9 == 0 ? 1.5f : 1);
        }
        return new RandomAnn(8, 1, 10, 10)
                .conv("conv1", 4, 1)
                .relu("relu1")
                .then("mean", new Node.AvgPool2d(new int[] {3, 3}, new int[] {1, 1}, new int[] {1, 1}))
                .then("mean borders", new Node.Scale(Tensor.of(factors, 4, 10, 10)));
    }

    @Test
    void shouldPutBordersThatDoNotCountIntoADenseLayer() throws Exception {
        Graph ann = borders().flatten().dense("readout", 4, 400).graph(4);
        float many = distance(ann, 512);
        assertTrue(many < 0.03, "after 512 steps: " + many);
    }

    @Test
    void shouldNameThePoolWhoseBordersNoConvolutionCanTake() {
        Graph ann = borders()
                .conv("conv2", 3, 4)
                .relu("relu2")
                .flatten()
                .dense("readout", 4, 300)
                .graph(4);
        String message =
                assertThrows(ConversionException.class, () -> distance(ann, 8)).getMessage();
        assertTrue(
                message.contains("node 'mean' is an average pool that leaves its padding out")
                        && message.contains("count_include_pad=True"),
                message);
    }

    @Test
    void shouldSayWhyTheLargestOfASumCannotBeConverted() {
        Graph ann = sum("max", new Node.MaxPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[2]))
                .flatten()
                .dense("readout", 4, 100)
                .graph(4);
        String message = assertThrows(
                        ConversionException.class, () -> ConversionTest.converted(ann, ConvertOptions.rate(8, LARGEST)))
                .getMessage();
        assertTrue(message.contains("node 'max' takes the largest of a sum of 'relu2' and 'relu1'"), message);
    }
}
