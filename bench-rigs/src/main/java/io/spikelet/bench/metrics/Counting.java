package io.spikelet.bench.metrics;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import java.util.Locale;

/**
 * How one layer enters the counts. Every kind has a sentence, so that none is left out in silence.
 *
 * @param kind of layer, in a few words
 * @param isCounted whether it adds synaptic operations or membrane updates
 * @param rule one sentence
 */
public record Counting(String kind, boolean isCounted, String rule) {
    /** How a layer of a network is counted. */
    public static Counting of(SpikingNetwork network, Layer layer) {
        boolean recurrent =
                !layer.inputs().isEmpty() && layer.inputs().getFirst().delay() == 1;
        return switch (layer.operation()) {
            case Operation.Input _ -> new Counting("input", false, "the encoder's values are no activations");
            case Operation.Dense _ ->
                new Counting(recurrent ? "dense, recurrent" : "dense", true, weights(network, layer, recurrent));
            case Operation.Conv2d _ ->
                new Counting(
                        recurrent ? "convolution, recurrent" : "convolution",
                        true,
                        weights(network, layer, recurrent) + "; taps on padding are no connections, in NeuroBench too");
            case Operation.Neuron neuron ->
                new Counting(
                        "neurons, " + neuron.output().name().toLowerCase(Locale.ROOT),
                        true,
                        neuron.output() == Operation.Neuron.Output.POTENTIAL
                                ? "membrane updates; potentials are no activations and enter no sparsity"
                                : "membrane updates and activations; gains on currents are no synaptic operations");
            case FirstSpike _ ->
                new Counting(
                        "neurons, first spike",
                        true,
                        "a potential a step counts as one membrane update, which NeuroBench has no module for");
            case AttentionGate _ ->
                new Counting(
                        "attention gate",
                        true,
                        "spatial weights, squeeze and excite as NeuroBench counts such modules; two products a neuron"
                                + " stand in what runs alone; its weights enter no connection sparsity");
            case Pool2d pool ->
                new Counting(
                        pool.kind().name().toLowerCase(Locale.ROOT) + " pool",
                        false,
                        "NeuroBench counts no pools; the energy models leave them out too");
            case VotePool _ -> new Counting("vote pool", false, "sums of neighbours, which NeuroBench does not count");
            case Join join ->
                new Counting(
                        "join " + join.kind().name().toLowerCase(Locale.ROOT),
                        false,
                        "element-wise, which NeuroBench does not count; sums above 1 make the weights behind them"
                                + " MACs");
            case CurrentAdd _ ->
                new Counting("residual stream", false, "element-wise and no weights, which NeuroBench does not count");
            case Delay _ -> new Counting("delay", false, "moves values; its buffer is in the footprint");
        };
    }

    private static String weights(SpikingNetwork network, Layer layer, boolean recurrent) {
        String input = recurrent ? "reads the step before, silence at the first" : "reads this step";
        return network.readsConstantInput(layer)
                ? "constant input: runs once a sample, NeuroBench counts it at every step"
                : "synaptic operations; " + input;
    }
}
