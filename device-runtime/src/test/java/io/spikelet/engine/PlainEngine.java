package io.spikelet.engine;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine once more, written from docs/equations.md to be read and not to be fast: dense loops over outputs, exact
 * integers of any size, no shared code with the engine.
 */
final class PlainEngine {
    private final SpikingNetwork network;
    private final PlainInput input;
    private final List<BigInteger[]> values = new ArrayList<>();
    private final List<PlainNeurons> neurons = new ArrayList<>();

    /** (layers) every value that a layer read in the sample so far, step by step; for delays and loss-free pools. */
    private final List<List<BigInteger[]>> history = new ArrayList<>();

    private int t;
    private long operations;

    PlainEngine(SpikingNetwork network) {
        this.network = network;
        input = new PlainInput(network.encoder());
        for (Layer layer : network.layers()) {
            BigInteger silence = layer.output().kind() == EdgeDomain.Kind.TIME
                    ? BigInteger.valueOf(layer.output().maximum())
                    : BigInteger.ZERO;
            BigInteger[] silent = new BigInteger[layer.shape().size()];
            java.util.Arrays.fill(silent, silence);
            values.add(silent);
            neurons.add(layer.operation() instanceof Operation.Neuron neuron ? new PlainNeurons(layer, neuron) : null);
            history.add(new ArrayList<>());
        }
    }

    static BigInteger[] zeros(int length) {
        BigInteger[] zeros = new BigInteger[length];
        java.util.Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }

    BigInteger[] membrane(int layer) {
        return neurons.get(layer).membrane();
    }

    BigInteger[] values(int layer) {
        return values.get(layer);
    }

    /** Synaptic operations of all steps so far (N4). */
    long operations() {
        return operations;
    }

    void step(byte[] sample) {
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            List<BigInteger[]> in = layer.inputs().stream()
                    .map(inbound -> values.get(inbound.source()))
                    .toList();
            if (!in.isEmpty()) {
                history.get(i).add(in.getFirst().clone());
            }
            values.set(i, output(i, layer, in, sample));
        }
        t++;
    }

    private BigInteger[] output(int index, Layer layer, List<BigInteger[]> in, byte[] sample) {
        Layer source = layer.inputs().isEmpty()
                ? layer
                : network.layers().get(layer.inputs().getFirst().source());
        // What is computed once a sample is counted once.
        boolean counted = t == 0
                || layer.inputs().isEmpty()
                || layer.inputs().getFirst().source() > 0
                || !network.encoder().isConstant();
        PlainLinear linear = new PlainLinear(source, layer);
        BigInteger[] out = switch (layer.operation()) {
            case Operation.Input _ -> input.values(sample, layer.shape().size(), t);
            case Operation.Dense dense -> linear.dense(dense, in.getFirst());
            case Operation.Conv2d conv -> linear.conv(conv, in.getFirst());
            case Operation.Neuron _ -> neurons.get(index).step(in, t);
            case FirstSpike neuron -> PlainNeurons.firstSpikes(layer, neuron, in, t);
            case Pool2d pool -> new PlainPools(source.shape(), layer.shape()).pool(pool, history.get(index));
            case VotePool vote -> PlainPools.vote(vote, in.getFirst());
            case Join join -> PlainJoins.join(join, in);
            case CurrentAdd add -> PlainJoins.add(add, layer.shape(), in, t);
            case Delay delay -> PlainJoins.delay(delay, layer.shape(), history.get(index));
            case AttentionGate gate -> {
                PlainGate plain = new PlainGate(gate, layer.shape(), in.getFirst());
                operations += plain.operations();
                yield plain.factors();
            }
        };
        if (counted) {
            operations += linear.operations();
        }
        return out;
    }
}
