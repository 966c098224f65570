package io.spikelet.bench.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.learn.Learner;
import io.spikelet.model.Bounds;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScratchNetworkTest {
    private static final int PIXELS = 24;
    private static final int HIDDEN = 16;
    private static final int CLASSES = 4;
    private static final int FULL_SCALE = 255;

    private static SpikingNetwork network(int timeSteps, float rate, int halving, long seed) {
        LearningRule rule = new LearningRule(ScratchNetwork.LEARNING, rate, 1, halving);
        return ScratchNetwork.of(new Shape(1, 4, 6), FULL_SCALE, HIDDEN, CLASSES, timeSteps, rule, seed);
    }

    private static byte[] sample(Random random) {
        byte[] pixels = new byte[PIXELS];
        random.nextBytes(pixels);
        return pixels;
    }

    private static byte[] weights(SpikingNetwork network, int layer) {
        return ((Operation.Dense) network.layers().get(layer).operation()).weights();
    }

    /** OTTT's rule in double precision, written from its equations (seed 12), for one sample: hidden layer, readout. */
    private static double[][] gradients(SpikingNetwork network, byte[] sample, int label) {
        byte[] w1 = weights(network, 1);
        byte[] w2 = weights(network, 3);
        double[][] gradient = {new double[w1.length], new double[w2.length]};
        double[] u = new double[HIDDEN];
        double[] spike = new double[HIDDEN];
        for (int t = 0; t < network.timeSteps(); t++) {
            double[] slope = new double[HIDDEN];
            for (int h = 0; h < HIDDEN; h++) {
                u[h] = 0.5 * (u[h] - spike[h]);
                for (int i = 0; i < PIXELS; i++) {
                    u[h] += w1[h * PIXELS + i] / 256.0 * (sample[i] & 0xff) / FULL_SCALE;
                }
                spike[h] = u[h] >= 1 ? 1 : 0;
                double s = 1 / (1 + Math.exp(-4 * (u[h] - 1)));
                slope[h] = Math.abs(u[h] - 1) > 2 ? 0 : 4 * s * (1 - s);
            }
            double[] error = new double[CLASSES];
            double total = 0;
            for (int c = 0; c < CLASSES; c++) {
                double logit = 0;
                for (int h = 0; h < HIDDEN; h++) {
                    logit += w2[c * HIDDEN + h] / 100.0 * spike[h];
                }
                error[c] = Math.exp(logit);
                total += error[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                error[c] = error[c] / total - (c == label ? 1 : 0);
                for (int h = 0; h < HIDDEN; h++) {
                    gradient[1][c * HIDDEN + h] += error[c] * spike[h];
                }
            }
            for (int h = 0; h < HIDDEN; h++) {
                double back = 0;
                for (int c = 0; c < CLASSES; c++) {
                    back += w2[c * HIDDEN + h] / 100.0 * error[c];
                }
                for (int i = 0; i < PIXELS; i++) {
                    gradient[0][h * PIXELS + i] += back * slope[h] * (sample[i] & 0xff) / FULL_SCALE;
                }
            }
        }
        return gradient;
    }

    @Test
    void shouldMoveTheWeightsAlongTheGradientOfTheSameRuleInFloat() throws Exception {
        Random random = new Random(3);
        double[][] sums = new double[2][3];
        for (int k = 0; k < 100; k++) {
            SpikingNetwork network = network(6, 0.5f, 0, k);
            Learner learner = Learner.load(Classifier.load(network), k);
            byte[] sample = sample(random);
            int label = k % CLASSES;
            learner.learn(sample, 0, label, Inference.forNetwork(network));
            double[][] expected = gradients(network, sample, label);
            for (int l = 0; l < 2; l++) {
                byte[] before = weights(network, 1 + 2 * l);
                byte[] after = weights(learner.learnedNetwork(), 1 + 2 * l);
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

    /** In turns, the least of each: what a compiler leaves out from some turn on differs between turns. */
    @Test
    void shouldTakeTheSameMemoryWhateverTheNumberOfTimeSteps() throws Exception {
        long few = Long.MAX_VALUE;
        long many = Long.MAX_VALUE;
        for (int turn = 0; turn < 6; turn++) {
            few = Math.min(few, allocated(4));
            many = Math.min(many, allocated(16));
        }
        assertEquals(few, many);
    }

    private static long allocated(int timeSteps) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        SpikingNetwork network = network(timeSteps, 0.01f, 0, 1);
        Inference into = Inference.forNetwork(network);
        byte[] sample = sample(new Random(1));
        Classifier classifier = Classifier.load(network);
        long bytes = threads.getCurrentThreadAllocatedBytes();
        Learner learner = Learner.load(classifier, 1);
        for (int k = 0; k < 10; k++) {
            learner.learn(sample, 0, k % CLASSES, into);
        }
        return threads.getCurrentThreadAllocatedBytes() - bytes;
    }

    @Test
    void shouldKeepEveryProvedBoundHoweverHardItLearns() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            SpikingNetwork network = network(3, 8f, 0, seed);
            Learner learner = Learner.load(Classifier.load(network), seed);
            Random random = new Random(seed);
            for (int k = 0; k < 100; k++) {
                learner.learn(sample(random), 0, random.nextInt(CLASSES), Inference.forNetwork(network));
            }
            NetworkCheck.verify(learner.learnedNetwork());
        }
    }

    @Test
    void shouldTakeHalfAStepOnceAsManySamplesAsHalvingSaysWereLearned() throws Exception {
        byte[] sample = sample(new Random(5));
        Learner whole = Learner.load(Classifier.load(network(2, 1f, 0, 4)), 1);
        Learner halved = Learner.load(Classifier.load(network(2, 1f, 1, 4)), 1);
        Inference into = Inference.forNetwork(network(2, 1f, 0, 4));
        whole.learn(sample, 0, 1, into);
        halved.learn(sample, 0, 1, into);
        assertArrayEquals(whole.state(), halved.state(), "the first step is a whole one");
        long before = distance(network(2, 1f, 0, 4), whole.learnedNetwork());
        SpikingNetwork first = whole.learnedNetwork();
        whole.learn(sample, 0, 2, into);
        halved.learn(sample, 0, 2, into);
        long step = distance(first, whole.learnedNetwork());
        long half = distance(first, halved.learnedNetwork());
        assertTrue(before > 0 && Math.abs(step - 2 * half) <= step / 5, step + " against twice " + half);
    }

    private static long distance(SpikingNetwork from, SpikingNetwork to) {
        long sum = 0;
        for (int layer : ScratchNetwork.LEARNING) {
            byte[] a = weights(from, layer);
            byte[] b = weights(to, layer);
            for (int w = 0; w < a.length; w++) {
                sum += Math.abs(a[w] - b[w]);
            }
        }
        return sum;
    }

    @Test
    void shouldKeepItsRuleInTheImage() throws Exception {
        SpikingNetwork network = network(3, 0.25f, 700, 9);
        SpikingNetwork read = NetworkCodec.decode(NetworkCodec.encode(network));
        assertEquals(network.learning(), read.learning());
        assertFalse(Arrays.equals(weights(network, 1), new byte[PIXELS * HIDDEN]));
    }
}
