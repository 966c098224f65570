package io.spikelet.host.convert;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Neurons that fire although the conventional network's activation is 0 (SNN2ANN, Tang et al., arXiv 2206.09449): inputs that
 * say no may come later than those that say yes, and a spike is not taken back. Both networks see the same images; the
 * spiking one runs in integers, as on a board.
 */
final class NoisyNeurons {
    private final List<String> activations;
    private final byte[][] samples;

    /** (samples, activations) the neurons whose activation is 0. */
    private final BitSet[][] silent;

    private final int fullScale;

    private NoisyNeurons(List<String> activations, byte[][] samples, BitSet[][] silent, int fullScale) {
        this.activations = activations;
        this.samples = samples;
        this.silent = silent;
        this.fullScale = fullScale;
    }

    /**
     * Runs the conventional network once for all that is asked later.
     *
     * @param most images that are taken, spread evenly
     */
    static NoisyNeurons of(Graph ann, Images images, int most, int fullScale, Progress progress) {
        // Where a ReLU stands behind a maximum pool, its neurons will stand before it.
        Graph turned = ReluBeforePool.of(ann);
        List<String> activations = turned.nodes().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Node.Relu)
                .map(Map.Entry::getKey)
                .toList();
        FloatSimulator network = ActivationStudy.simulator(turned);
        float[] image = new float[network.inputShape().size()];
        int count = Math.min(most, images.count());
        byte[][] samples = new byte[count][image.length];
        BitSet[][] silent = new BitSet[count][activations.size()];
        for (int k = 0; k < count; k++) {
            images.read((int) ((long) k * images.count() / count), image);
            for (int i = 0; i < image.length; i++) {
                samples[k][i] = (byte) Math.round(image[i] * fullScale);
            }
            network.step(image);
            for (int a = 0; a < activations.size(); a++) {
                silent[k][a] = zeros(network.output(activations.get(a)));
            }
            progress.at(k + 1, count);
        }
        return new NoisyNeurons(activations, samples, silent, fullScale);
    }

    private static BitSet zeros(float[] values) {
        BitSet zeros = new BitSet(values.length);
        for (int n = 0; n < values.length; n++) {
            zeros.set(n, values[n] == 0);
        }
        return zeros;
    }

    int count() {
        return samples.length;
    }

    /**
     * The share of a layer's neurons that fire at least once where the activation is 0, mean over images.
     *
     * @param from the first image
     * @param to the first that is not looked at, above from
     * @return by the activation's name
     * @throws ConversionException when the network cannot become integers
     */
    Map<String, Double> ratios(Conversion conversion, int from, int to) throws ConversionException {
        SpikingNetwork network = integers(conversion);
        Classifier classifier;
        try {
            // Reference kernels, since fast ones keep no values of layers that they compute together.
            classifier = Classifier.load(network);
        } catch (MalformedDataException refused) {
            throw new ConversionException("the spiking network is refused: " + refused.getMessage(), refused);
        }
        int[] places = places(network);
        List<BitSet> fired = new ArrayList<>();
        long[] noisy = new long[places.length];
        Inference answer = Inference.forNetwork(network);
        for (int a = 0; a < places.length; a++) {
            fired.add(new BitSet());
        }
        for (int k = from; k < to; k++) {
            fired.forEach(BitSet::clear);
            classifier.begin(samples[k], 0, answer);
            for (int t = 0; t < network.timeSteps(); t++) {
                classifier.advance(samples[k], 0, t, answer);
                for (int a = 0; a < places.length; a++) {
                    int[] values = classifier.engine().values(places[a]);
                    for (int n = 0; n < values.length; n++) {
                        if (values[n] != 0) {
                            fired.get(a).set(n);
                        }
                    }
                }
            }
            for (int a = 0; a < places.length; a++) {
                fired.get(a).and(silent[k][a]);
                noisy[a] += fired.get(a).cardinality();
            }
        }
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (int a = 0; a < places.length; a++) {
            long neurons = (long) network.layers().get(places[a]).shape().size() * (to - from);
            ratios.put(activations.get(a), (double) noisy[a] / neurons);
        }
        return ratios;
    }

    private SpikingNetwork integers(Conversion conversion) throws ConversionException {
        try {
            return Quantiser.convert(
                    conversion.graph(), QuantiseOptions.of("adjusting", conversion.settings(), fullScale));
        } catch (QuantiseException refused) {
            throw Converter.unquantised(refused);
        }
    }

    /** Where each activation's neurons are; neurons keep the activation's name. */
    private int[] places(SpikingNetwork network) {
        List<String> names = network.layers().stream().map(Layer::name).toList();
        return activations.stream().mapToInt(names::indexOf).toArray();
    }
}
