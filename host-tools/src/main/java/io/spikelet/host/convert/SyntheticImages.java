package io.spikelet.host.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.reference.FloatSimulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Images that a network itself makes up, for thresholds without anybody's data (PrivateSNN, Kim, Venkatesha and Panda, AAAI
 * 2022, arXiv 2104.03414). For each class soft targets are drawn from a Dirichlet distribution whose parameters say how alike
 * the classes' last weights are; an image of noise then descends by Adam on the cross-entropy of the softened logits.
 */
final class SyntheticImages {
    /** Logits are divided by it before the softmax; the paper's. */
    private static final float TEMPERATURE = 20;

    /** Dirichlet parameters are above 0; the least alike class has no more. */
    private static final double LEAST_LIKENESS = 0.01;

    private static final float RATE = 0.02f;
    private static final int STEPS = 100;
    private static final float MOMENTUM = 0.9f;
    private static final float SECOND_MOMENTUM = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final FloatSimulator network;
    private final InputGradient gradient;
    private final Random random;

    private SyntheticImages(Graph ann, long seed) {
        network = ActivationStudy.simulator(ann);
        gradient = new InputGradient(ann, network);
        random = new Random(seed);
    }

    /**
     * Makes images.
     *
     * @param each how many for each class
     * @return the same for the same seed
     * @throws ConversionException when the network does not end in weights
     */
    static Images of(Graph ann, int each, long seed, Progress progress) throws ConversionException {
        double[][] likeness = likeness(lastWeights(ann));
        SyntheticImages maker = new SyntheticImages(ann, seed);
        List<float[]> images = new ArrayList<>();
        int total = each * likeness.length;
        for (double[] parameters : likeness) {
            for (int k = 0; k < each; k++) {
                images.add(maker.image(maker.dirichlet(parameters)));
                progress.at(images.size(), total);
            }
        }
        return Images.of(images);
    }

    private static Node.Affine lastWeights(Graph ann) throws ConversionException {
        for (var entry : ann.nodes().entrySet()) {
            if (entry.getValue() instanceof Node.Output) {
                String last = ann.sourcesOf(entry.getKey()).getFirst();
                if (ann.node(last) instanceof Node.Affine affine) {
                    return affine;
                }
                throw new ConversionException(
                        "node '" + last + "' gives the output; images are made up from the rows of"
                                + " last weights, so the network must end in a dense layer");
            }
        }
        throw new ConversionException(ann.name() + " has no output");
    }

    /** (classes, classes) cosines of the rows, each row of them stretched to LEAST_LIKENESS..1. */
    private static double[][] likeness(Node.Affine affine) {
        int classes = affine.weight().shape()[0];
        int inputs = affine.weight().shape()[1];
        float[] weight = affine.weight().values();
        double[][] likeness = new double[classes][classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < classes; b++) {
                likeness[a][b] = dot(weight, a, b, inputs)
                        / Math.sqrt(dot(weight, a, a, inputs) * dot(weight, b, b, inputs) + 1e-30);
            }
            double least = Arrays.stream(likeness[a]).min().orElseThrow();
            double most = Arrays.stream(likeness[a]).max().orElseThrow();
            for (int b = 0; b < classes; b++) {
                double stretched = (likeness[a][b] - least) / Math.max(most - least, 1e-12);
                likeness[a][b] = Math.max(LEAST_LIKENESS, stretched);
            }
        }
        return likeness;
    }

    private static double dot(float[] weight, int a, int b, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) weight[a * length + i] * weight[b * length + i];
        }
        return sum;
    }

    private float[] dirichlet(double[] parameters) {
        float[] target = new float[parameters.length];
        double sum = 0;
        for (int c = 0; c < target.length; c++) {
            target[c] = (float) gamma(parameters[c]);
            sum += target[c];
        }
        for (int c = 0; c < target.length; c++) {
            target[c] /= (float) sum;
        }
        return target;
    }

    /** Marsaglia and Tsang (2000); below 1 by way of shape + 1. */
    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    private float[] image(float[] target) {
        float[] image = new float[network.inputShape().size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        float[] first = new float[image.length];
        float[] second = new float[image.length];
        for (int step = 1; step <= STEPS; step++) {
            network.step(image);
            float[] slope = gradient.of(byLogits(network.output(), target));
            float firstScale = 1 / (1 - (float) Math.pow(MOMENTUM, step));
            float secondScale = 1 / (1 - (float) Math.pow(SECOND_MOMENTUM, step));
            for (int i = 0; i < image.length; i++) {
                first[i] += (1 - MOMENTUM) * (slope[i] - first[i]);
                second[i] += (1 - SECOND_MOMENTUM) * (slope[i] * slope[i] - second[i]);
                float move = RATE * first[i] * firstScale / ((float) Math.sqrt(second[i] * secondScale) + EPSILON);
                image[i] = Math.clamp(image[i] - move, 0, 1);
            }
        }
        return image;
    }

    /** The cross-entropy of softmax(logits / TEMPERATURE) and the target, by each logit. */
    private static float[] byLogits(float[] logits, float[] target) {
        float[] by = new float[logits.length];
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((logit - most) / TEMPERATURE);
        }
        for (int c = 0; c < by.length; c++) {
            by[c] = (float) ((Math.exp((logits[c] - most) / TEMPERATURE) / sum - target[c]) / TEMPERATURE);
        }
        return by;
    }
}
