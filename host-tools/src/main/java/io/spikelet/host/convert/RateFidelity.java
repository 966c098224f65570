package io.spikelet.host.convert;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How faithfully a network of counted spikes says what its conventional network says (SpiCalib, arXiv 2207.02702): neurons
 * that should have stayed silent and did not, and how far the outputs are apart.
 *
 * @param samples that both networks saw
 * @param layers of activations, in the order of computation
 * @param outputError mean squared difference of the outputs, over outputs and samples, in the conventional network's unit
 * @param outputPower mean square of the conventional outputs, to measure the error by
 */
public record RateFidelity(int samples, List<Layer> layers, double outputError, double outputPower) {

    /**
     * One layer of activations.
     *
     * @param silent neurons whose activation was 0, over all samples
     * @param fired those of them that had given more spikes than they took back when the sample ended
     */
    public record Layer(String name, long silent, long fired) {}

    /** Of all neurons whose activation was 0, the share that fired; NaN where there was none. */
    public double silentThatFired() {
        long silent = layers.stream().mapToLong(Layer::silent).sum();
        return silent == 0
                ? Double.NaN
                : (double) layers.stream().mapToLong(Layer::fired).sum() / silent;
    }

    private record Watched(String name, int index, int[] sums) {}

    /**
     * Runs both networks.
     *
     * @param ann what was converted, as an importer gave it
     * @param conversion of counted spikes
     * @param network its integers
     * @throws ConversionException when the network may not run
     */
    public static RateFidelity of(
            Graph ann, Conversion conversion, SpikingNetwork network, SampleSet samples, Progress progress)
            throws ConversionException {
        FloatSimulator conventional = ActivationStudy.simulator(sameNodes(ann));
        Classifier classifier = classifier(network);
        Inference answer = Inference.forNetwork(network);
        List<Watched> watched = watched(conversion, network);
        long[] silent = new long[watched.size()];
        long[] fired = new long[watched.size()];
        byte[] sample = new byte[samples.sampleBytes()];
        float[] image = new float[conventional.inputShape().size()];
        Images images = Images.of(samples);
        double unit = OutputUnit.of(conversion, network);
        double error = 0;
        double power = 0;
        for (int k = 0; k < samples.count(); k++) {
            images.read(k, image);
            samples.read(k, sample, 0);
            conventional.step(image);
            run(classifier, answer, sample, watched);
            for (int i = 0; i < silent.length; i++) {
                float[] activation = conventional.output(watched.get(i).name());
                int[] sums = watched.get(i).sums();
                for (int n = 0; n < sums.length; n++) {
                    silent[i] += activation[n] <= 0 ? 1 : 0;
                    fired[i] += activation[n] <= 0 && sums[n] > 0 ? 1 : 0;
                }
            }
            for (int c = 0; c < answer.scores().length; c++) {
                double wanted = conventional.output()[c];
                double difference = answer.scores()[c] * unit - wanted;
                error += difference * difference;
                power += wanted * wanted;
            }
            progress.at(k + 1, samples.count());
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < silent.length; i++) {
            layers.add(new Layer(watched.get(i).name(), silent[i], fired[i]));
        }
        double outputs = (double) samples.count() * answer.scores().length;
        return new RateFidelity(samples.count(), layers, error / outputs, power / outputs);
    }

    /** The conventional network whose activations are node by node those of the spiking one. */
    private static Graph sameNodes(Graph ann) throws ConversionException {
        try {
            return ReluBeforePool.of(ScaleFolding.of(ann));
        } catch (QuantiseException unfolded) {
            throw new ConversionException(ann.name() + ": " + unfolded.getMessage(), unfolded);
        }
    }

    /** Fast kernels where they keep every layer's spikes, else plain ones. */
    private static Classifier classifier(SpikingNetwork network) throws ConversionException {
        try {
            Classifier fast = Classifier.load(network, Kernels.fastest());
            boolean keepsAll = true;
            for (int i = 0; i < network.layers().size(); i++) {
                keepsAll &= fast.engine().gives(i) || !isNeuron(network, i);
            }
            return keepsAll ? fast : Classifier.load(network);
        } catch (MalformedDataException refused) {
            throw new ConversionException("the spiking network is refused: " + refused.getMessage(), refused);
        }
    }

    private static boolean isNeuron(SpikingNetwork network, int index) {
        return network.layers().get(index).operation() instanceof io.spikelet.model.Operation.Neuron;
    }

    private static List<Watched> watched(Conversion conversion, SpikingNetwork network) {
        List<Watched> watched = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            String name = network.layers().get(i).name();
            Map<String, Node> nodes = conversion.graph().nodes();
            if (isNeuron(network, i) && conversion.thresholds().containsKey(name) && nodes.containsKey(name)) {
                watched.add(new Watched(
                        name, i, new int[network.layers().get(i).shape().size()]));
            }
        }
        return watched;
    }

    private static void run(Classifier classifier, Inference answer, byte[] sample, List<Watched> watched) {
        watched.forEach(layer -> java.util.Arrays.fill(layer.sums(), 0));
        classifier.begin(sample, 0, answer);
        for (int t = 0; t < classifier.network().timeSteps(); t++) {
            classifier.advance(sample, 0, t, answer);
            for (Watched layer : watched) {
                int[] values = classifier.engine().values(layer.index());
                for (int n = 0; n < values.length; n++) {
                    layer.sums()[n] += values[n];
                }
            }
        }
    }
}
