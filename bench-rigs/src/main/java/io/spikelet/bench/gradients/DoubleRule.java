package io.spikelet.bench.gradients;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/**
 * OTTT and e-prop in double precision over dense layers, convolutions, edges that feed back and OR pools, written from
 * docs/equations.md (L1 to L5, L7 to L9, L12) and the papers named there, in the order of the image's weights; knows nothing of the
 * learner. Real numbers are an image's integers over what stands for 1.0.
 */
final class DoubleRule {
    private final SpikingNetwork network;
    private final LearningRule rule;
    private final LearningMethod method;

    /** (layers) (values) at this step and the one before. */
    private final double[][] value;

    private final double[][] before;
    private final double[][] membrane;

    /** (layers) (values) of the loss of this step. */
    private final double[][] error;

    /** (layers) (inputs) what a layer read at this step, and its trace. */
    private final double[][] read;

    private final double[][] trace;

    /** (layers) (weights) under e-prop. */
    private final double[][] eligibility;

    /** (layers) (weights) of the loss over all steps. */
    private final double[][] gradient;

    DoubleRule(SpikingNetwork network) {
        this.network = network;
        rule = network.learning().orElseThrow();
        method = rule.method();
        int count = network.layers().size();
        value = new double[count][];
        before = new double[count][];
        membrane = new double[count][];
        error = new double[count][];
        read = new double[count][];
        trace = new double[count][];
        eligibility = new double[count][];
        gradient = new double[count][];
    }

    /** @return (layers that learn) (weights in the order of the image) gradients, of weights of 1.0 for 1.0 of what is read */
    double[][] gradients(byte[] samples, int offset, int label) {
        clear();
        for (int t = 0; t < network.timeSteps(); t++) {
            forward(samples, offset + t * network.frameStride());
            backward(label);
            learn();
        }
        return rule.layers().stream().map(index -> gradient[index].clone()).toArray(double[][]::new);
    }

    private void clear() {
        for (int i = 0; i < value.length; i++) {
            Layer layer = network.layers().get(i);
            int size = layer.shape().size();
            value[i] = new double[size];
            before[i] = new double[size];
            membrane[i] = new double[size];
            error[i] = new double[size];
            if (weights(i) != null) {
                int source = layer.inputs().getFirst().source();
                trace[i] = new double[network.layers().get(source).shape().size()];
                eligibility[i] = new double[weights(i).length];
                gradient[i] = new double[weights(i).length];
            }
        }
    }

    private byte[] weights(int index) {
        Operation operation = network.layers().get(index).operation();
        return operation instanceof Operation.Dense dense
                ? dense.weights()
                : operation instanceof Operation.Conv2d conv ? conv.weights() : null;
    }

    private void forward(byte[] samples, int offset) {
        for (int i = 0; i < value.length; i++) {
            before[i] = value[i].clone();
        }
        int fullScale = network.input().output().maximum();
        for (int p = 0; p < value[0].length; p++) {
            value[0][p] = (samples[offset + p] & 0xff) / (double) fullScale;
        }
        for (int i = 1; i < value.length; i++) {
            Layer layer = network.layers().get(i);
            Inbound first = layer.inputs().getFirst();
            if (layer.operation() instanceof Operation.Neuron neuron) {
                fire(i, layer, neuron);
            } else if (layer.operation() instanceof Pool2d pool) {
                int[] winners = winners(pool, i);
                for (int o = 0; o < winners.length; o++) {
                    value[i][o] = value[first.source()][winners[o]];
                }
            } else {
                read[i] = first.delay() == 0 ? value[first.source()] : before[first.source()];
                value[i] = new double[layer.shape().size()];
                add(weights(i), read[i], value[i], i);
            }
        }
    }

    private void add(byte[] weights, double[] in, double[] out, int index) {
        eachProduct(index, (w, i, o) -> out[o] += weights[w] * in[i]);
    }

    /** What a weight joins: its place, an input, an output. */
    private interface Product {
        void at(int weight, int input, int output);
    }

    private void eachProduct(int index, Product product) {
        Layer layer = network.layers().get(index);
        if (layer.operation() instanceof Operation.Dense dense) {
            for (int o = 0; o < dense.outputs(); o++) {
                for (int i = 0; i < dense.inputs(); i++) {
                    product.at(o * dense.inputs() + i, i, o);
                }
            }
            return;
        }
        Operation.Conv2d conv = (Operation.Conv2d) layer.operation();
        Shape from = network.layers().get(layer.inputs().getFirst().source()).shape();
        Shape to = layer.shape();
        int depth = conv.inChannels() / conv.groups();
        int filters = conv.outChannels() / conv.groups();
        int taps = conv.kernelHeight() * conv.kernelWidth();
        for (int o = 0; o < to.size(); o++) {
            int filter = o / to.area();
            int top = o % to.area() / to.width() * conv.strideY() - conv.paddingY();
            int left = o % to.width() * conv.strideX() - conv.paddingX();
            for (int k = 0; k < depth * taps; k++) {
                int y = top + k % taps / conv.kernelWidth() * conv.dilationY();
                int x = left + k % conv.kernelWidth() * conv.dilationX();
                if (y >= 0 && x >= 0 && y < from.height() && x < from.width()) {
                    int channel = filter / filters * depth + k / taps;
                    product.at(filter * depth * taps + k, channel * from.area() + y * from.width() + x, o);
                }
            }
        }
    }

    private void fire(int index, Layer layer, Operation.Neuron neuron) {
        int[] one = Parameter.perNeuron(LearningRule.ones(neuron), layer.shape());
        int[] leak = Parameter.perNeuron(neuron.a0(), layer.shape());
        boolean fires = neuron.output() == Operation.Neuron.Output.SPIKE;
        for (int n = 0; n < one.length; n++) {
            double u = (membrane[index][n] - (fires ? before[index][n] : 0)) * leak[n] / Q15.ONE;
            for (int k = 0; k < neuron.drives().size(); k++) {
                int source = layer.inputs().get(k).source();
                u += scale(source, index, k, n, one) * value[source][n];
            }
            membrane[index][n] = u;
            value[index][n] = fires ? (u >= 1 ? 1 : 0) : u;
        }
    }

    /** What a weight LSB is, for 1.0 of what it reads. */
    private double scale(int weighted, int neurons, int drive, int n, int[] one) {
        Layer layer = network.layers().get(neurons);
        Operation.Neuron neuron = (Operation.Neuron) layer.operation();
        int[] gain = neuron.drives().get(drive).gain();
        Layer source = network.layers()
                .get(network.layers().get(weighted).inputs().getFirst().source());
        int full = source == network.input() ? source.output().maximum() : 1;
        return (double) gain[gain.length == 1 ? 0 : n / (layer.shape().size() / gain.length)] * full / one[n];
    }

    /** The first largest of each window. */
    private int[] winners(Pool2d pool, int index) {
        int source = network.layers().get(index).inputs().getFirst().source();
        Shape from = network.layers().get(source).shape();
        Shape to = network.layers().get(index).shape();
        int[] winners = new int[to.size()];
        for (int o = 0; o < winners.length; o++) {
            int best = -1;
            for (int k = 0; k < pool.windowSize(); k++) {
                int y = o % to.area() / to.width() * pool.strideY() + k / pool.kernelWidth();
                int x = o % to.width() * pool.strideX() + k % pool.kernelWidth();
                int at = o / to.area() * from.area() + y * from.width() + x;
                best = best < 0 || value[source][at] > value[source][best] ? at : best;
            }
            winners[o] = best;
        }
        return winners;
    }

    /** Errors of this step's loss at every layer; at the output they are those of the potentials. */
    private void backward(int label) {
        for (double[] of : error) {
            Arrays.fill(of, 0);
        }
        double[] output = outputError(label);
        int last = value.length - 1;
        error[last] = output.clone();
        boolean spatial = method.feedback() == LearningMethod.Feedback.SPATIAL;
        for (int i = last; i > 0; i--) {
            int index = i;
            Layer layer = network.layers().get(i);
            int source = layer.inputs().getFirst().source();
            if (layer.operation() instanceof Operation.Neuron neuron) {
                if (!spatial && i != last) {
                    sendRandomly(output, i);
                }
                int[] one = Parameter.perNeuron(LearningRule.ones(neuron), layer.shape());
                for (int k = 0; k < neuron.drives().size(); k++) {
                    int weighted = layer.inputs().get(k).source();
                    for (int n = 0; n < one.length; n++) {
                        error[weighted][n] = error[i][n] * slope(i, n) * scale(weighted, i, k, n, one);
                    }
                }
            } else if (spatial && layer.operation() instanceof Pool2d pool) {
                int[] winners = winners(pool, i);
                for (int o = 0; o < winners.length; o++) {
                    error[source][winners[o]] += error[i][o];
                }
            } else if (spatial
                    && weights(i) != null
                    && layer.inputs().getFirst().delay() == 0) {
                eachProduct(i, (w, in, out) -> error[source][in] += weights(index)[w] * error[index][out]);
            }
        }
    }

    private double[] outputError(int label) {
        double[] logits = value[value.length - 1];
        double best = Arrays.stream(logits).max().orElseThrow();
        double[] output = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < output.length; c++) {
            output[c] = Math.exp(rule.logitGain() * (logits[c] - best));
            sum += output[c];
        }
        for (int c = 0; c < output.length; c++) {
            output[c] = output[c] / sum - (c == label ? 1 : 0);
        }
        return output;
    }

    private double slope(int index, int n) {
        Operation.Neuron neuron = (Operation.Neuron) network.layers().get(index).operation();
        if (neuron.output() == Operation.Neuron.Output.POTENTIAL) {
            return 1;
        }
        double x = membrane[index][n] - 1;
        double sigmoid = 1 / (1 + Math.exp(-4 * x));
        return Math.abs(x) > 2 ? 0 : 4 * sigmoid * (1 - sigmoid);
    }

    /** Bytes of a hash of their place, over 128 (equation L9). */
    private void sendRandomly(double[] output, int index) {
        long start = mixed(0x4645454442414b43L + index);
        for (int n = 0; n < error[index].length; n++) {
            for (int c = 0; c < output.length; c++) {
                byte weight = (byte) (mixed(start + ((long) n * output.length + c) * 0x9e3779b97f4a7c15L) >>> 32);
                error[index][n] += weight / 128.0 * output[c];
            }
        }
    }

    private static long mixed(long of) {
        long z = (of ^ of >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private void learn() {
        for (int index : rule.layers()) {
            int neurons = driven(index);
            boolean isInput = network.layers().get(index).inputs().getFirst().source() == 0
                    && method.kind() != LearningMethod.Kind.E_PROP;
            Operation.Neuron neuron =
                    (Operation.Neuron) network.layers().get(neurons).operation();
            double leak = isInput ? 0 : neuron.a0()[0] / (double) Q15.ONE;
            for (int i = 0; i < trace[index].length; i++) {
                trace[index][i] = leak * trace[index][i] + read[index][i];
            }
            boolean filtered = method.kind() == LearningMethod.Kind.E_PROP && neurons != value.length - 1;
            if (filtered) {
                double[] held = eligibility[index];
                for (int w = 0; w < held.length; w++) {
                    held[w] *= method.eligibilityDecay();
                }
                eachProduct(index, (w, in, out) -> held[w] += slope(neurons, out) * trace[index][in]);
                eachProduct(index, (w, in, out) -> gradient[index][w] += error[neurons][out] * held[w]);
            } else {
                double[] post = new double[error[neurons].length];
                for (int n = 0; n < post.length; n++) {
                    post[n] = error[neurons][n] * slope(neurons, n);
                }
                eachProduct(index, (w, in, out) -> gradient[index][w] += post[out] * trace[index][in]);
            }
        }
    }

    private int driven(int weighted) {
        for (int i = 0; i < value.length; i++) {
            if (network.layers().get(i).operation() instanceof Operation.Neuron
                    && network.layers().get(i).inputs().contains(Inbound.from(weighted))) {
                return i;
            }
        }
        throw new IllegalArgumentException("layer " + weighted + " drives no neurons");
    }
}
