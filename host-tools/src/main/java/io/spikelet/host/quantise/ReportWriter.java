package io.spikelet.host.quantise;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/** Gathers the figures of a quantised network. */
final class ReportWriter {
    private ReportWriter() {}

    /** @param rounding what the integers of a layer of single spikes cannot say exactly, by its index */
    static QuantisationReport report(
            SpikingNetwork network,
            IntFunction<NeuronFit.Rounding> rounding,
            List<String> warnings,
            SampleSet calibration,
            SpikeComparison comparison) {
        List<LayerReport> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            layers.add(layer(network.layers().get(i), rounding.apply(i), comparison));
        }
        return new QuantisationReport(
                network.name(),
                network.discretisation(),
                network.timeSteps(),
                network.encoder(),
                NetworkCodec.encode(network).length,
                layers,
                calibration.name(),
                comparison.floating(),
                comparison.integer(),
                warnings);
    }

    private static LayerReport layer(Layer layer, NeuronFit.Rounding rounding, SpikeComparison comparison) {
        return switch (layer.operation()) {
            case Operation.Input _ -> plain(layer, "input");
            case Pool2d pool ->
                plain(layer, pool.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " pool");
            case VotePool _ -> plain(layer, "vote pool");
            case Join join ->
                plain(layer, join.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case CurrentAdd _ -> plain(layer, "current add");
            case Delay _ -> plain(layer, "delay");
            case AttentionGate _ -> plain(layer, "attention gate");
            case FirstSpike _ -> plain(layer, "first spike");
            case Operation.Dense dense -> weighted(layer, "dense", dense.kind(), dense.weights(), dense.scale());
            case Operation.Conv2d conv -> weighted(layer, "conv", conv.kind(), conv.weights(), conv.scale());
            case Operation.Neuron neuron
            when neuron.output() == Operation.Neuron.Output.POTENTIAL ->
                new LayerReport(
                        layer.name(),
                        neuron.output() == Operation.Neuron.Output.BURST ? "bursts" : "potentials",
                        layer.shape(),
                        values(neuron),
                        values(neuron) * Integer.BYTES,
                        Optional.empty(),
                        Optional.empty());
            case Operation.Neuron neuron -> neuron(layer, neuron, rounding, comparison);
        };
    }

    private static LayerReport plain(Layer layer, String kind) {
        return new LayerReport(layer.name(), kind, layer.shape(), 0, 0, Optional.empty(), Optional.empty());
    }

    private static LayerReport weighted(Layer layer, String name, WeightKind kind, byte[] weights, float[] scale) {
        float least = Float.MAX_VALUE;
        float most = 0;
        for (float value : scale) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        int atLimit = 0;
        for (byte weight : weights) {
            atLimit += Math.abs(kind.value(weight)) == kind.valueMaximum() ? 1 : 0;
        }
        LayerReport.Weights figures = new LayerReport.Weights(kind, least, most, (double) atLimit / weights.length);
        return new LayerReport(
                layer.name(),
                name,
                layer.shape(),
                weights.length,
                ((long) weights.length * kind.bits() + Byte.SIZE - 1) / Byte.SIZE + (long) Float.BYTES * scale.length,
                Optional.of(figures),
                Optional.empty());
    }

    private static LayerReport neuron(
            Layer layer, Operation.Neuron neuron, NeuronFit.Rounding rounding, SpikeComparison comparison) {
        long values = values(neuron);
        int threshold = Integer.MAX_VALUE;
        for (int value : neuron.threshold()) {
            threshold = Math.min(threshold, value);
        }
        SpikeAgreement agreement = comparison.layers().stream()
                .filter(candidate -> candidate.layer().equals(layer.name()))
                .findFirst()
                .orElseThrow();
        LayerReport.Neurons figures = new LayerReport.Neurons(
                threshold, rounding.threshold(), rounding.leak(), rounding.gain(), neuron.membraneMaximum(), agreement);
        return new LayerReport(
                layer.name(),
                neuron.hasSynapticCurrent() ? "neurons with synapse" : "neurons",
                layer.shape(),
                values,
                values * Integer.BYTES,
                Optional.empty(),
                Optional.of(figures));
    }

    /** Stored parameters. */
    private static long values(Operation.Neuron neuron) {
        long values = neuron.synapticLeak().length
                + neuron.a0().length
                + neuron.b0().length
                + neuron.a1().length
                + neuron.b1().length
                + neuron.threshold().length
                + neuron.membraneUnit().length;
        for (Operation.Drive drive : neuron.drives()) {
            values += drive.gain().length + drive.bias().length;
        }
        return values;
    }
}
