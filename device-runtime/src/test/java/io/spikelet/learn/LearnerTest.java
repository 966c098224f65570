package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.RandomNetworks;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LearnerTest {
    private static final int INPUTS = 12;
    private static final int HIDDEN = 16;
    private static final int CLASSES = 3;
    private static final int POPULATION = 4;
    private static final int THRESHOLD = 1 << 14;
    private static final int GAIN = 128;

    /** 12 inputs of 0 or 1 → 16 → 3 classes of 4 neurons, random weights. */
    private static SpikingNetwork dense(long seed, int timeSteps, float learningRate) {
        Random random = new Random(seed);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("input", List.of(), Shape.vector(INPUTS), EdgeDomain.unsigned(1), new Operation.Input()));
        addDense(layers, "hidden", HIDDEN, random);
        addDense(layers, "readout", CLASSES * POPULATION, random);
        return new SpikingNetwork(
                "dense",
                timeSteps,
                Encoder.DIRECT,
                new Readout(CLASSES, POPULATION),
                layers,
                new Discretisation("snntorch", 1e-4),
                Optional.of(new LearningRule(List.of(1, 3), learningRate, 1f)),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    private static void addDense(List<Layer> layers, String name, int outputs, Random random) {
        int source = layers.size() - 1;
        int inputs = layers.getLast().shape().size();
        byte[] weights = new byte[outputs * inputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 45), -127, 127);
        }
        float[] scale = new float[outputs];
        java.util.Arrays.fill(scale, (float) GAIN / THRESHOLD);
        layers.add(new Layer(
                name,
                List.of(Inbound.from(source)),
                Shape.vector(outputs),
                EdgeDomain.signed(Bounds.WEIGHT_MAXIMUM * inputs),
                new Operation.Dense(outputs, inputs, weights, scale)));
        layers.add(new Layer(
                name + ".lif",
                List.of(Inbound.from(source + 1)),
                Shape.vector(outputs),
                EdgeDomain.SPIKE,
                new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        new int[] {1 << 14},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        new int[] {THRESHOLD},
                        List.of(new Operation.Drive(new int[] {GAIN}, new int[] {THRESHOLD / 8}, true)),
                        new float[] {1f / THRESHOLD},
                        Integer.MAX_VALUE)));
    }

    private static byte[] pattern(int label, Random random) {
        byte[] sample = new byte[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            boolean ofTheClass = i / (INPUTS / CLASSES) == label;
            sample[i] = (byte) (random.nextInt(10) < (ofTheClass ? 8 : 2) ? 1 : 0);
        }
        return sample;
    }

    private static double accuracy(Classifier classifier, long seed) {
        Random random = new Random(seed);
        Inference into = Inference.forNetwork(classifier.network());
        int correct = 0;
        for (int i = 0; i < 300; i++) {
            classifier.infer(pattern(i % CLASSES, random), 0, into);
            correct += into.predicted() == i % CLASSES ? 1 : 0;
        }
        return correct / 300.0;
    }

    private static void learn(Learner learner, SpikingNetwork network, int samples, boolean shuffledLabels) {
        Random random = new Random(5);
        Inference into = Inference.forNetwork(network);
        for (int i = 0; i < samples; i++) {
            int label = i % CLASSES;
            learner.learn(pattern(label, random), 0, shuffledLabels ? random.nextInt(CLASSES) : label, into);
        }
    }

    @Test
    void shouldLearnThreeNoisyPatternsFromScratchAndNothingFromShuffledLabels() throws Exception {
        SpikingNetwork network = dense(1, 4, 1 / 128f);
        Classifier classifier = Classifier.load(network);
        double before = accuracy(classifier, 9);
        learn(Learner.load(classifier, 42), network, 1500, false);
        Classifier control = Classifier.load(network);
        learn(Learner.load(control, 42), network, 1500, true);
        double after = accuracy(classifier, 9);
        double shuffled = accuracy(control, 9);
        assertTrue(before < 0.7, "before=" + before);
        assertTrue(after > 0.9, "after=" + after);
        assertTrue(shuffled < 0.7, "shuffled=" + shuffled);
    }

    /** The same rule in double precision, written from docs/equations.md, for one sample. */
    private static double[][] referenceGradients(SpikingNetwork network, byte[] sample, int label) {
        Operation.Dense[] dense = {
            (Operation.Dense) network.layers().get(1).operation(),
            (Operation.Dense) network.layers().get(3).operation()
        };
        double unit = (double) GAIN / THRESHOLD;
        int[] sizes = {INPUTS, HIDDEN, CLASSES * POPULATION};
        double[][] gradient = {new double[HIDDEN * INPUTS], new double[CLASSES * POPULATION * HIDDEN]};
        double[][] v = {new double[HIDDEN], new double[CLASSES * POPULATION]};
        double[][] trace = {new double[INPUTS], new double[HIDDEN]};
        for (int t = 0; t < network.timeSteps(); t++) {
            double[][] spikes = {new double[INPUTS], new double[HIDDEN], new double[CLASSES * POPULATION]};
            double[][] slope = {new double[HIDDEN], new double[CLASSES * POPULATION]};
            for (int i = 0; i < INPUTS; i++) {
                spikes[0][i] = sample[i];
            }
            for (int l = 0; l < 2; l++) {
                for (int i = 0; i < sizes[l]; i++) {
                    trace[l][i] = (l == 0 ? 0 : 0.5 * trace[l][i]) + spikes[l][i];
                }
                for (int o = 0; o < sizes[l + 1]; o++) {
                    double u = 0.5 * v[l][o] + 0.125;
                    for (int i = 0; i < sizes[l]; i++) {
                        u += dense[l].weights()[o * sizes[l] + i] * unit * spikes[l][i];
                    }
                    spikes[l + 1][o] = u > 1 ? 1 : 0;
                    v[l][o] = u > 1 ? 0 : u;
                    double s = 1 / (1 + Math.exp(-4 * (u - 1)));
                    slope[l][o] = Math.abs(u - 1) > 2 ? 0 : 4 * s * (1 - s);
                }
            }
            double[] exponential = new double[CLASSES];
            double total = 0;
            for (int c = 0; c < CLASSES; c++) {
                double count = 0;
                for (int n = 0; n < POPULATION; n++) {
                    count += spikes[2][c * POPULATION + n];
                }
                exponential[c] = Math.exp(count);
                total += exponential[c];
            }
            double[] post = new double[CLASSES * POPULATION];
            for (int o = 0; o < post.length; o++) {
                int c = o / POPULATION;
                post[o] = (exponential[c] / total - (c == label ? 1 : 0)) * slope[1][o];
                for (int h = 0; h < HIDDEN; h++) {
                    gradient[1][o * HIDDEN + h] += post[o] * trace[1][h];
                }
            }
            for (int h = 0; h < HIDDEN; h++) {
                double error = 0;
                for (int o = 0; o < post.length; o++) {
                    error += dense[1].weights()[o * HIDDEN + h] * unit * post[o];
                }
                for (int i = 0; i < INPUTS; i++) {
                    gradient[0][h * INPUTS + i] += error * slope[0][h] * trace[0][i];
                }
            }
        }
        return gradient;
    }

    @Test
    void shouldMoveTheWeightsAlongTheGradientOfTheSameRuleInFloat() throws Exception {
        Random random = new Random(3);
        double[][] sums = new double[2][3];
        for (int i = 0; i < 100; i++) {
            SpikingNetwork network = dense(i, 4, 1f);
            Learner learner = Learner.load(Classifier.load(network), i);
            byte[] sample = pattern(i % CLASSES, random);
            learner.learn(sample, 0, (i + 1) % CLASSES, Inference.forNetwork(network));
            double[][] expected = referenceGradients(network, sample, (i + 1) % CLASSES);
            for (int l = 0; l < 2; l++) {
                byte[] before =
                        ((Operation.Dense) network.layers().get(1 + 2 * l).operation()).weights();
                byte[] after = ((Operation.Dense)
                                learner.learnedNetwork().layers().get(1 + 2 * l).operation())
                        .weights();
                for (int w = 0; w < before.length; w++) {
                    if (Math.abs(after[w]) < Bounds.WEIGHT_MAXIMUM) {
                        double moved = before[w] - after[w];
                        sums[l][0] += moved * expected[l][w];
                        sums[l][1] += moved * moved;
                        sums[l][2] += expected[l][w] * expected[l][w];
                    }
                }
            }
        }
        for (double[] sum : sums) {
            double cosine = sum[0] / Math.sqrt(sum[1] * sum[2]);
            assertTrue(cosine > 0.98, "cosine=" + cosine);
        }
    }

    @Test
    void shouldContinueBitForBitFromAStoredState() throws Exception {
        SpikingNetwork network = dense(2, 4, 1 / 64f);
        Learner whole = Learner.load(Classifier.load(network), 42);
        learn(whole, network, 60, false);
        Learner first = Learner.load(Classifier.load(network), 42);
        learn(first, network, 60, false);
        Learner second = Learner.load(Classifier.load(network), 7);
        second.restore(first.state());
        learn(whole, network, 40, false);
        learn(second, network, 40, false);
        assertArrayEquals(whole.state(), second.state());
        assertEquals(100, second.samplesLearned());
    }

    @Test
    void shouldComeBackToTheTrainedWeightsOnReset() throws Exception {
        SpikingNetwork network = dense(2, 4, 1 / 16f);
        Learner learner = Learner.load(Classifier.load(network), 42);
        byte[] fresh = learner.state();
        learn(learner, network, 50, false);
        learner.reset();
        assertArrayEquals(fresh, learner.state());
    }

    @Test
    void shouldKeepEveryProvedBoundHoweverHardItLearns() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            SpikingNetwork network = dense(seed, 3, 4f);
            Learner learner = Learner.load(Classifier.load(network), seed);
            learn(learner, network, 100, true);
            NetworkCheck.verify(learner.learnedNetwork());
        }
    }

    @Test
    void shouldRefuseAStateOfAnotherSizeOrWithValuesBeyondTheirBounds() throws Exception {
        SpikingNetwork network = dense(2, 4, 1 / 16f);
        Learner learner = Learner.load(Classifier.load(network), 42);
        byte[] state = learner.state();
        assertThrows(MalformedDataException.class, () -> learner.restore(new byte[state.length - 1]));
        byte[] foreign = state.clone();
        foreign[0] ^= 1;
        assertThrows(MalformedDataException.class, () -> learner.restore(foreign));
        for (long samples : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] counted =
                    java.nio.ByteBuffer.wrap(state.clone()).putLong(8, samples).array();
            assertThrows(MalformedDataException.class, () -> learner.restore(counted));
        }
        byte[] beyond = state.clone();
        beyond[24] = (byte) 0x80;
        assertThrows(MalformedDataException.class, () -> learner.restore(beyond));
        assertArrayEquals(state, learner.state());
    }

    @Test
    void shouldSayWhyALayerBehindASynapticCurrentOrOutsideTheChainCannotLearn() throws Exception {
        SpikingNetwork random = RandomNetworks.convolutional(4);
        SpikingNetwork headless = new SpikingNetwork(
                random.name(),
                random.timeSteps(),
                random.encoder(),
                random.readout(),
                random.layers(),
                random.discretisation(),
                Optional.of(new LearningRule(
                        List.of(random.learning().orElseThrow().layers().getFirst()), 1f, 1f)),
                0,
                random.provenance());
        Classifier classifier = Classifier.load(headless);
        assertThrows(NotLearnableException.class, () -> Learner.load(classifier, 1));
    }

    @Test
    void shouldLearnTheSameBitsWhileVectorLoopsTakeOverFromPlainOnes() throws Exception {
        Assumptions.assumeTrue(Kernels.VECTOR.isPresent(), "the JVM was started without jdk.incubator.vector");
        SpikingNetwork network = dense(6, 4, 1 / 64f);
        Learner plain = Learner.load(Classifier.load(network, Kernels.SWAR), 3);
        Classifier serving = Classifier.load(network, Kernels.BEST);
        Learner changing = Learner.load(serving, 3);
        long until = System.nanoTime() + 60_000_000_000L;
        int after = 0;
        for (int block = 0; after < 2 && System.nanoTime() < until; block++) {
            learn(plain, network, 30, false);
            learn(changing, network, 30, false);
            after += serving.engine().rows() == RowArithmetic.onVectors() ? 1 : 0;
        }
        assertEquals(2, after, "the vector loops never took over");
        assertArrayEquals(plain.state(), changing.state());
    }
}
