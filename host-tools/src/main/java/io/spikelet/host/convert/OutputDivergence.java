package io.spikelet.host.convert;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/**
 * How far the classes of an integer spiking network are from those of the conventional network it was made of: the mean
 * Kullback-Leibler divergence of the softmax of its mean potentials from that of the logits.
 */
final class OutputDivergence {
    private final byte[][] samples;
    private final double[][] expected;
    private final int fullScale;

    private OutputDivergence(byte[][] samples, double[][] expected, int fullScale) {
        this.samples = samples;
        this.expected = expected;
        this.fullScale = fullScale;
    }

    /** @param most images that are taken, spread evenly */
    static OutputDivergence of(Graph ann, Images images, int most, int fullScale) {
        FloatSimulator network = ActivationStudy.simulator(ann);
        float[] image = new float[network.inputShape().size()];
        int count = Math.min(most, images.count());
        byte[][] samples = new byte[count][image.length];
        double[][] expected = new double[count][];
        for (int k = 0; k < count; k++) {
            images.read((int) ((long) k * images.count() / count), image);
            for (int i = 0; i < image.length; i++) {
                samples[k][i] = (byte) Math.round(image[i] * fullScale);
            }
            network.step(image);
            double[] logits = new double[network.output().length];
            for (int c = 0; c < logits.length; c++) {
                logits[c] = network.output()[c];
            }
            expected[k] = softmax(logits);
        }
        return new OutputDivergence(samples, expected, fullScale);
    }

    double of(Conversion conversion) throws ConversionException {
        SpikingNetwork network;
        Classifier classifier;
        try {
            network = Quantiser.convert(
                    conversion.graph(), QuantiseOptions.of("search", conversion.settings(), fullScale));
            classifier = Classifier.load(network, Kernels.fastest());
        } catch (QuantiseException refused) {
            throw Converter.unquantised(refused);
        } catch (MalformedDataException refused) {
            throw new ConversionException("the spiking network is refused: " + refused.getMessage(), refused);
        }
        double unit = OutputUnit.of(conversion, network);
        Inference answer = Inference.forNetwork(network);
        double sum = 0;
        for (int k = 0; k < samples.length; k++) {
            classifier.infer(samples[k], 0, answer);
            double[] logits = new double[answer.scores().length];
            for (int c = 0; c < logits.length; c++) {
                logits[c] = answer.scores()[c] * unit;
            }
            double[] given = softmax(logits);
            for (int c = 0; c < given.length; c++) {
                sum += expected[k][c] * Math.log((expected[k][c] + 1e-12) / (given[c] + 1e-12));
            }
        }
        return sum / samples.length;
    }

    private static double[] softmax(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        double[] shares = new double[logits.length];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = Math.exp(logits[c] - most);
            sum += shares[c];
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] /= sum;
        }
        return shares;
    }
}
