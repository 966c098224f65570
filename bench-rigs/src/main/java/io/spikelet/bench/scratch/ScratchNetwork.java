package io.spikelet.bench.scratch;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Pixels → leaking neurons → affine readout, with random weights; both dense layers learn. Neurons as in OTTT (arXiv
 * 2210.04195): {@code u ← u/2 + x}, a spike at 1 and above, soft reset; the image is a constant current; the readout
 * adds up over the steps what spikes give it.
 */
public final class ScratchNetwork {
    /**
     * The weights before learning.
     *
     * @param lsbs of a hidden weight that make a threshold for an input of full scale
     * @param spread hidden weights are uniform within ±spread/√inputs
     */
    public record HiddenWeights(int lsbs, double spread) {}

    /** A hidden weight LSB is 2^−8 thresholds for a pixel of full scale, so that 127 of them are .5. */
    private static final HiddenWeights OF_PIXELS = new HiddenWeights(256, 1);

    /** A readout weight LSB is .01. */
    private static final int READOUT_LSBS = 100;

    /** Potential LSBs of a readout weight LSB, so that biases move finely. */
    private static final int READOUT_GAIN = 16;

    private static final int HALF = Q15.ONE / 2;

    private ScratchNetwork() {}

    /**
     * @param pixels extent of a sample
     * @param fullScale what stands for 1.0 in it
     * @param rule with the layers that {@link #LEARNING} names
     * @param seed of the weights, uniform within ±1/√inputs
     */
    static SpikingNetwork of(
            Shape pixels, int fullScale, int hidden, int classes, int timeSteps, LearningRule rule, long seed) {
        return of(pixels, fullScale, hidden, OF_PIXELS, HALF, classes, timeSteps, rule, seed);
    }

    /**
     * The same with another leak of the hidden neurons.
     *
     * @param leak Q1.15; {@link Q15#ONE} for neurons that keep everything
     */
    public static SpikingNetwork leaking(
            int leak,
            Shape pixels,
            int fullScale,
            int hidden,
            int classes,
            int timeSteps,
            LearningRule rule,
            long seed) {
        return of(pixels, fullScale, hidden, OF_PIXELS, leak, classes, timeSteps, rule, seed);
    }

    /**
     * The same with hidden weights for inputs that are not pixels.
     *
     * @param rule with the layers that {@link #LEARNING} names
     * @param seed of the weights; the readout's are uniform within ±1/√hidden
     */
    public static SpikingNetwork of(
            Shape pixels,
            int fullScale,
            int hidden,
            HiddenWeights weights,
            int classes,
            int timeSteps,
            LearningRule rule,
            long seed) {
        return of(pixels, fullScale, hidden, weights, HALF, classes, timeSteps, rule, seed);
    }

    private static SpikingNetwork of(
            Shape pixels,
            int fullScale,
            int hidden,
            HiddenWeights weights,
            int leak,
            int classes,
            int timeSteps,
            LearningRule rule,
            long seed) {
        Random random = new Random(seed);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("input", List.of(), pixels, EdgeDomain.unsigned(fullScale), new Operation.Input()));
        int one = weights.lsbs() * fullScale;
        dense(layers, "hidden", hidden, weights, random);
        layers.add(neurons("lif", hidden, Operation.Neuron.Output.SPIKE, leak, one, 1));
        dense(layers, "readout", classes, new HiddenWeights(READOUT_LSBS, 1), random);
        layers.add(neurons(
                "potential", classes, Operation.Neuron.Output.POTENTIAL, 0, READOUT_LSBS * READOUT_GAIN, READOUT_GAIN));
        SpikingNetwork network = new SpikingNetwork(
                "scratch-" + pixels.size() + "-" + hidden + "-" + classes,
                timeSteps,
                Encoder.DIRECT,
                new Readout(Readout.Kind.POTENTIAL, classes, 1, Readout.Exit.NEVER),
                layers,
                new Discretisation("ottt", 1),
                Optional.of(rule),
                0,
                new Provenance("", "", "spikelet bench scratch", Double.NaN, Double.NaN));
        return proved(network);
    }

    /** The layers that learn. */
    public static final List<Integer> LEARNING = List.of(1, 3);

    private static void dense(List<Layer> layers, String name, int outputs, HiddenWeights first, Random random) {
        int inputs = layers.getLast().shape().size();
        byte[] weights = new byte[outputs * inputs];
        double bound = first.spread() * first.lsbs() / Math.sqrt(inputs);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.clamp(
                    Math.round((2 * random.nextDouble() - 1) * bound), -Bounds.WEIGHT_MAXIMUM, Bounds.WEIGHT_MAXIMUM);
        }
        float[] scale = new float[outputs];
        Arrays.fill(scale, 1f / first.lsbs());
        long largest = (long) Bounds.WEIGHT_MAXIMUM
                * inputs
                * layers.getLast().output().maximum();
        layers.add(new Layer(
                name,
                List.of(Inbound.from(layers.size() - 1)),
                Shape.vector(outputs),
                EdgeDomain.signed(Math.toIntExact(largest)),
                new Operation.Dense(outputs, inputs, weights, scale)));
    }

    /** Softly reset neurons that fire at {@code one} and above, or potentials in which it stands for 1.0. */
    private static Layer neurons(String name, int count, Operation.Neuron.Output output, int leak, int one, int gain) {
        boolean fires = output == Operation.Neuron.Output.SPIKE;
        int after = fires ? -(int) ((long) leak * one >> Q15.BITS) : 0;
        int index = fires ? 1 : 3;
        return new Layer(
                name,
                List.of(Inbound.from(index)),
                Shape.vector(count),
                fires ? EdgeDomain.SPIKE : EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Neuron(
                        output,
                        1,
                        false,
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {leak},
                        new int[] {0},
                        new int[] {leak},
                        new int[] {after},
                        1,
                        new int[] {one},
                        List.of(new Operation.Drive(filled(count, gain), new int[count], true)),
                        new float[] {1f / one},
                        Integer.MAX_VALUE));
    }

    private static int[] filled(int count, int value) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Declares what the bounds prove, rather than all that 32 bits hold. */
    private static SpikingNetwork proved(SpikingNetwork network) {
        List<Layer> layers = new ArrayList<>(network.layers());
        for (int i = 2; i < layers.size(); i += 2) {
            Layer layer = layers.get(i);
            Operation.Neuron neuron = (Operation.Neuron) layer.operation();
            long maximum = Bounds.membraneMaximum(network, i);
            EdgeDomain gives = neuron.output() == Operation.Neuron.Output.POTENTIAL
                    ? EdgeDomain.signed(Math.toIntExact(maximum))
                    : layer.output();
            layers.set(
                    i,
                    new Layer(layer.name(), layer.inputs(), layer.shape(), gives, neuron.withMembraneMaximum(maximum)));
        }
        return network.withLayers(layers);
    }
}
