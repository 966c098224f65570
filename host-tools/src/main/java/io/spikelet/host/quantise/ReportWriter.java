package io.spikelet.host.quantise;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.PayloadBytes;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
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
            layers.add(layer(
                    network.layers().get(i),
                    rounding.apply(i),
                    comparison,
                    comparison.activity().get(i)));
        }
        return new QuantisationReport(
                network.name(),
                network.discretisation(),
                network.timeSteps(),
                network.encoder(),
                PayloadBytes.of(network),
                layers,
                calibration.name(),
                comparison.floating(),
                comparison.integer(),
                NetworkCosts.of(network, comparison.activity()),
                EnergyModel.CMOS_45NM,
                Optional.empty(),
                Optional.empty(),
                warnings);
    }

    private static LayerReport layer(
            Layer layer, NeuronFit.Rounding rounding, SpikeComparison comparison, LayerActivity activity) {
        Optional<LayerReport.Weights> weights = switch (layer.operation()) {
            case Operation.Dense dense -> Optional.of(weights(dense.kind(), dense.weights(), dense.scale()));
            case Operation.Conv2d conv -> Optional.of(weights(conv.kind(), conv.weights(), conv.scale()));
            default -> Optional.empty();
        };
        Optional<LayerReport.Neurons> neurons = layer.operation() instanceof Operation.Neuron neuron
                        && comparison.layers().stream()
                                .anyMatch(agreement -> agreement.layer().equals(layer.name()))
                ? Optional.of(neurons(layer, neuron, rounding, comparison))
                : Optional.empty();
        return new LayerReport(
                layer.name(),
                kind(layer.operation()),
                layer.shape(),
                parameters(layer.operation()),
                bytes(layer.operation()),
                weights,
                neurons,
                Optional.ofNullable(comparison.noise().get(layer.name())),
                activity);
    }

    private static String kind(Operation operation) {
        return switch (operation) {
            case Operation.Input _ -> "input";
            case Pool2d pool -> word(pool.kind()) + " pool";
            case VotePool _ -> "vote pool";
            case Join join -> word(join.kind());
            case CurrentAdd _ -> "current add";
            case Delay _ -> "delay";
            case AttentionGate _ -> "attention gate";
            case FirstSpike _ -> "first spike";
            case Operation.Dense _ -> "dense";
            case Operation.Conv2d _ -> "conv";
            case Operation.Neuron neuron when neuron.output() == Operation.Neuron.Output.POTENTIAL -> "potentials";
            case Operation.Neuron neuron when neuron.output() == Operation.Neuron.Output.BURST -> "bursts";
            case Operation.Neuron neuron -> neuron.hasSynapticCurrent() ? "neurons with synapse" : "neurons";
        };
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static long parameters(Operation operation) {
        return switch (operation) {
            case Operation.Dense dense -> dense.weights().length;
            case Operation.Conv2d conv -> conv.weights().length;
            case Operation.Neuron neuron -> values(neuron);
            case AttentionGate gate -> weights(gate) + 3L;
            default -> 0;
        };
    }

    private static long bytes(Operation operation) {
        return switch (operation) {
            case Operation.Dense dense -> bytes(dense.kind(), dense.weights(), dense.scale());
            case Operation.Conv2d conv -> bytes(conv.kind(), conv.weights(), conv.scale());
            case Operation.Neuron neuron -> values(neuron) * Integer.BYTES;
            case AttentionGate gate -> weights(gate) + 3L * Integer.BYTES;
            default -> 0;
        };
    }

    /** Of a byte each; beside them stand a bias and two steps. */
    private static long weights(AttentionGate gate) {
        return (long) gate.spatialWeights().length + gate.squeeze().length + gate.excite().length;
    }

    private static long bytes(WeightKind kind, byte[] weights, float[] scale) {
        return ((long) weights.length * kind.bits() + Byte.SIZE - 1) / Byte.SIZE + (long) Float.BYTES * scale.length;
    }

    private static LayerReport.Weights weights(WeightKind kind, byte[] weights, float[] scale) {
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
        return new LayerReport.Weights(kind, least, most, (double) atLimit / weights.length);
    }

    private static LayerReport.Neurons neurons(
            Layer layer, Operation.Neuron neuron, NeuronFit.Rounding rounding, SpikeComparison comparison) {
        int threshold = Integer.MAX_VALUE;
        for (int value : neuron.threshold()) {
            threshold = Math.min(threshold, value);
        }
        SpikeAgreement agreement = comparison.layers().stream()
                .filter(candidate -> candidate.layer().equals(layer.name()))
                .findFirst()
                .orElseThrow();
        return new LayerReport.Neurons(threshold, rounding.threshold(), rounding.leak(), rounding.gain(), agreement);
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
