package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import java.util.Arrays;
import java.util.Optional;

/** Compares the spikes of one layer between float and integers, step by step. */
final class SpikeCounter {
    private final int index;
    private final Layer layer;
    private final int[][] threshold;
    private final float[] unit;

    /** Whether a cause can be told: of how many spikes of a burst differ, none is. */
    private final boolean isSingle;

    private long floatSpikes;
    private long integerSpikes;
    private long bothSpikes;
    private SpikeAgreement.Divergence first;

    /** @param index of a layer of neurons that give spikes, one or several a step */
    SpikeCounter(int index, Layer layer, Operation.Neuron neuron) {
        this.index = index;
        this.layer = layer;
        threshold = new int[neuron.thresholdSteps()][];
        int row = neuron.threshold().length / threshold.length;
        for (int t = 0; t < threshold.length; t++) {
            threshold[t] =
                    Parameter.perNeuron(Arrays.copyOfRange(neuron.threshold(), t * row, (t + 1) * row), layer.shape());
        }
        unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape());
        isSingle = neuron.output() == Operation.Neuron.Output.SPIKE;
    }

    void count(FloatSimulator floating, Classifier integer, int sample, int step) {
        float[] inFloat = floating.output(layer.name());
        int[] inInteger = integer.engine().values(index);
        for (int n = 0; n < inInteger.length; n++) {
            int inBoth = Math.min((int) inFloat[n], inInteger[n]);
            floatSpikes += (int) inFloat[n];
            integerSpikes += inInteger[n];
            bothSpikes += inBoth;
            boolean floatFired = inFloat[n] > inBoth;
            if ((int) inFloat[n] != inInteger[n] && first == null) {
                first = new SpikeAgreement.Divergence(
                        sample,
                        step,
                        n,
                        floatFired,
                        floating.comparedMembrane(layer.name())[n],
                        floating.law(layer.name()).threshold(step, n),
                        (double) integer.engine().membrane(index)[n] * unit[n],
                        (double) threshold[threshold.length == 1 ? 0 : step][n] * unit[n],
                        null);
            }
        }
    }

    /** @param trace what tells the cause of a divergence */
    SpikeAgreement agreement(long steps, DivergenceTrace trace) {
        return new SpikeAgreement(
                layer.name(),
                steps * layer.shape().size(),
                floatSpikes,
                integerSpikes,
                bothSpikes,
                Optional.ofNullable(first).map(place -> isSingle ? trace.explain(index, place) : place));
    }
}
