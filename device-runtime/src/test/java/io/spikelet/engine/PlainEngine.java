package io.spikelet.engine;

import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine once more, written from docs/equations.md to be read and not to be fast: dense loops over outputs, exact
 * integers of any size, no shared code with the engine.
 */
final class PlainEngine {
    private final SpikingNetwork network;
    private final List<BigInteger[]> values = new ArrayList<>();
    private final List<BigInteger[]> membranes = new ArrayList<>();
    private final List<BigInteger[]> currents = new ArrayList<>();
    private int t;

    PlainEngine(SpikingNetwork network) {
        this.network = network;
        for (Layer layer : network.layers()) {
            values.add(zeros(layer.shape().size()));
            membranes.add(zeros(layer.shape().size()));
            currents.add(zeros(layer.shape().size()));
        }
    }

    private static BigInteger[] zeros(int length) {
        BigInteger[] zeros = new BigInteger[length];
        java.util.Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }

    BigInteger[] membrane(int layer) {
        return membranes.get(layer);
    }

    BigInteger[] values(int layer) {
        return values.get(layer);
    }

    void step(byte[] sample) {
        int frame = network.input().shape().size();
        int offset = network.encoder() == Encoder.FRAMES ? t * frame : 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            switch (layer.operation()) {
                case Operation.Input _ -> {
                    for (int k = 0; k < frame; k++) {
                        values.get(i)[k] = BigInteger.valueOf(sample[offset + k] & 0xff);
                    }
                }
                case Operation.Dense dense -> values.set(i, dense(dense, source(layer)));
                case Operation.Conv2d conv ->
                    values.set(i, conv(conv, sourceShape(layer), layer.shape(), source(layer)));
                case Pool2d pool -> values.set(i, pool(pool, sourceShape(layer), layer.shape(), source(layer)));
                case Operation.Neuron neuron -> fire(i, layer, neuron);
                default -> throw new IllegalArgumentException("no plain twin of " + layer.operation());
            }
        }
        t++;
    }

    private BigInteger[] source(Layer layer) {
        return values.get(layer.inputs().getFirst().source());
    }

    private Shape sourceShape(Layer layer) {
        return network.layers().get(layer.inputs().getFirst().source()).shape();
    }

    private static BigInteger[] dense(Operation.Dense dense, BigInteger[] in) {
        BigInteger[] out = zeros(dense.outputs());
        for (int o = 0; o < dense.outputs(); o++) {
            for (int i = 0; i < dense.inputs(); i++) {
                out[o] = out[o].add(in[i].multiply(BigInteger.valueOf(dense.weights()[o * dense.inputs() + i])));
            }
        }
        return out;
    }

    private static BigInteger[] conv(Operation.Conv2d conv, Shape from, Shape to, BigInteger[] in) {
        BigInteger[] out = zeros(to.size());
        int depth = conv.inChannels() / conv.groups();
        for (int o = 0; o < to.channels(); o++) {
            int group = o / (conv.outChannels() / conv.groups());
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    BigInteger sum = BigInteger.ZERO;
                    for (int d = 0; d < depth; d++) {
                        for (int ky = 0; ky < conv.kernelHeight(); ky++) {
                            for (int kx = 0; kx < conv.kernelWidth(); kx++) {
                                int inY = y * conv.strideY() - conv.paddingY() + ky * conv.dilationY();
                                int inX = x * conv.strideX() - conv.paddingX() + kx * conv.dilationX();
                                if (inY < 0 || inX < 0 || inY >= from.height() || inX >= from.width()) {
                                    continue;
                                }
                                int w = ((o * depth + d) * conv.kernelHeight() + ky) * conv.kernelWidth() + kx;
                                int c = group * depth + d;
                                sum = sum.add(in[(c * from.height() + inY) * from.width() + inX].multiply(
                                        BigInteger.valueOf(conv.weights()[w])));
                            }
                        }
                    }
                    out[(o * to.height() + y) * to.width() + x] = sum;
                }
            }
        }
        return out;
    }

    private static BigInteger[] pool(Pool2d pool, Shape from, Shape to, BigInteger[] in) {
        BigInteger[] out = zeros(to.size());
        for (int c = 0; c < to.channels(); c++) {
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    for (int ky = 0; ky < pool.kernelHeight(); ky++) {
                        for (int kx = 0; kx < pool.kernelWidth(); kx++) {
                            int inY = y * pool.strideY() - pool.paddingY() + ky;
                            int inX = x * pool.strideX() - pool.paddingX() + kx;
                            if (inY >= 0 && inX >= 0 && inY < from.height() && inX < from.width()) {
                                int o = (c * to.height() + y) * to.width() + x;
                                out[o] = out[o].add(in[(c * from.height() + inY) * from.width() + inX]);
                            }
                        }
                    }
                }
            }
        }
        return out;
    }

    private void fire(int index, Layer layer, Operation.Neuron neuron) {
        Shape shape = layer.shape();
        BigInteger[] membrane = membranes.get(index);
        BigInteger[] current = currents.get(index);
        BigInteger[] fired = values.get(index);
        for (int n = 0; n < shape.size(); n++) {
            BigInteger x = BigInteger.ZERO;
            for (int k = 0; k < layer.inputs().size(); k++) {
                Inbound inbound = layer.inputs().get(k);
                Operation.Drive drive = neuron.drives().get(k);
                x = x.add(values.get(inbound.source())[n].multiply(at(drive.gain(), shape, n)));
                if (t > 0 || drive.biasAtStart()) {
                    x = x.add(at(drive.bias(), shape, n));
                }
            }
            if (neuron.hasSynapticCurrent()) {
                current[n] =
                        leak(at(neuron.synapticLeak(), shape, n), current[n]).add(x);
                x = current[n];
            }
            boolean before = fired[n].signum() != 0;
            membrane[n] = leak(at(before ? neuron.a1() : neuron.a0(), shape, n), membrane[n])
                    .add(at(before ? neuron.b1() : neuron.b0(), shape, n))
                    .add(x);
            int compared = membrane[n].compareTo(at(neuron.threshold(), shape, n));
            boolean fires = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE ? compared > 0 : compared >= 0;
            fired[n] = fires ? BigInteger.ONE : BigInteger.ZERO;
        }
    }

    private static BigInteger at(int[] values, Shape shape, int n) {
        return BigInteger.valueOf(Parameter.perNeuron(values, shape)[n]);
    }

    /** BigInteger's division rounds toward zero, as the leak is defined to. */
    private static BigInteger leak(BigInteger factor, BigInteger value) {
        return factor.multiply(value).divide(BigInteger.valueOf(32768));
    }
}
