package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs the sample of a divergence again and finds its cause ({@link DivergenceCause}). */
final class DivergenceTrace {
    /** Of threshold or membrane: what a float32 sum of a few hundred terms cannot tell. */
    private static final double FLOAT_PRECISION = 1.0 / (1 << 20);

    private final FloatClassifier floating;
    private final ForcedFloat forced;
    private final Classifier integer;
    private final SampleSet samples;
    private final SpikingNetwork network;

    DivergenceTrace(FloatClassifier floating, ForcedFloat forced, Classifier integer, SampleSet samples) {
        this.floating = floating;
        this.forced = forced;
        this.integer = integer;
        this.samples = samples;
        network = integer.network();
    }

    /**
     * Gives a divergence its cause.
     *
     * @param index of a layer of neurons that give single spikes
     * @param place the layer's first difference in that sample
     */
    SpikeAgreement.Divergence explain(int index, SpikeAgreement.Divergence place) {
        return new SpikeAgreement.Divergence(
                place.sample(),
                place.step(),
                place.neuron(),
                place.floatFired(),
                place.floatMembrane(),
                place.floatThreshold(),
                place.integerMembrane(),
                place.integerThreshold(),
                cause(index, place));
    }

    private DivergenceCause cause(int index, SpikeAgreement.Divergence place) {
        Layer layer = network.layers().get(index);
        NeuronReplay replay = new NeuronReplay(
                layer, place.neuron(), place.step() + 1, forced.simulator().law(layer.name()));
        Map<Integer, Integer> firstDifference = new HashMap<>();
        byte[] sample = new byte[samples.sampleBytes()];
        samples.read(place.sample(), sample, 0);
        Inference inference = Inference.forNetwork(network);
        floating.begin(samples, place.sample());
        forced.classifier().begin(samples, place.sample());
        integer.begin(sample, 0, inference);
        for (int t = 0; t <= place.step(); t++) {
            replay.recurrentInputs(integer.engine(), t);
            floating.advance(t);
            integer.advance(sample, 0, t, inference);
            forced.classifier().advance(t);
            replay.record(forced.simulator(), integer.engine(), index, t);
            noteDifferences(firstDifference, t);
        }
        boolean wanted = !place.floatFired();
        double membrane = forced.simulator().comparedMembrane(layer.name())[place.neuron()];
        double threshold = place.floatThreshold();
        if (forced.simulator().law(layer.name()).fires(membrane, threshold) == wanted) {
            return new DivergenceCause(DivergenceCause.Kind.INPUT, earliest(index, firstDifference));
        }
        double near = FLOAT_PRECISION * Math.max(Math.abs(membrane), Math.abs(threshold));
        if (Math.abs(membrane - threshold) <= near) {
            return DivergenceCause.of(DivergenceCause.Kind.TIE);
        }
        return DivergenceCause.of(replay.cause(wanted));
    }

    private void noteDifferences(Map<Integer, Integer> firstDifference, int step) {
        for (int i = 0; i < network.layers().size(); i++) {
            if (isSpiking(i) && !firstDifference.containsKey(i)) {
                float[] inFloat =
                        floating.simulator().output(network.layers().get(i).name());
                int[] inInteger = integer.engine().values(i);
                for (int n = 0; n < inInteger.length; n++) {
                    if (inFloat[n] != 0 != (inInteger[n] != 0)) {
                        firstDifference.put(i, step);
                        break;
                    }
                }
            }
        }
    }

    /** Of the layers of neurons that feed a layer, the one that differed first; the one nearest to the input of several. */
    private String earliest(int index, Map<Integer, Integer> firstDifference) {
        Set<Integer> feeding = new TreeSet<>();
        collect(index, feeding, new TreeSet<>());
        int earliest = -1;
        for (int source : feeding) {
            Integer step = firstDifference.get(source);
            if (step != null && (earliest < 0 || step < firstDifference.get(earliest))) {
                earliest = source;
            }
        }
        return earliest < 0 ? "" : network.layers().get(earliest).name();
    }

    private void collect(int index, Set<Integer> feeding, Set<Integer> seen) {
        for (Inbound inbound : network.layers().get(index).inputs()) {
            if (isSpiking(inbound.source())) {
                feeding.add(inbound.source());
            } else if (seen.add(inbound.source())) {
                collect(inbound.source(), feeding, seen);
            }
        }
    }

    private boolean isSpiking(int index) {
        return network.layers().get(index).operation() instanceof Operation.Neuron neuron
                && neuron.output() == Operation.Neuron.Output.SPIKE;
    }
}
