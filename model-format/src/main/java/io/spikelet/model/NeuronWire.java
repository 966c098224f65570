package io.spikelet.model;

import io.spikelet.model.wire.CalibrationRule;
import io.spikelet.model.wire.Comparison;
import io.spikelet.model.wire.Neuron;
import io.spikelet.model.wire.NeuronOutput;
import java.util.Optional;

/** Neuron layers as messages. */
final class NeuronWire {
    private NeuronWire() {}

    static Neuron write(Operation.Neuron neuron) {
        Neuron.Builder message = Neuron.newBuilder()
                .setOutput(output(neuron.output()))
                .setBurst(neuron.burst())
                .setGated(neuron.gated())
                .setComparison(comparison(neuron.comparison()))
                .setThresholdSteps(neuron.thresholdSteps())
                .addAllDrives(DriveWire.write(neuron.drives()))
                .addAllMembraneUnit(WireValues.list(neuron.membraneUnit()))
                .setMembraneMaximum(WireValues.proved("membraneMaximum", neuron.membraneMaximum()));
        WireValues.each(neuron.synapticLeak(), message::addSynapticLeak);
        WireValues.each(neuron.a0(), message::addA0);
        WireValues.each(neuron.b0(), message::addB0);
        WireValues.each(neuron.a1(), message::addA1);
        WireValues.each(neuron.b1(), message::addB1);
        WireValues.each(neuron.threshold(), message::addThreshold);
        WireValues.each(neuron.floor(), message::addFloor);
        neuron.calibration().ifPresent(calibration -> message.setCalibration(write(calibration)));
        return message.build();
    }

    private static io.spikelet.model.wire.SpikeCalibration write(SpikeCalibration calibration) {
        return io.spikelet.model.wire.SpikeCalibration.newBuilder()
                .setAllowance(calibration.allowance())
                .setRule(
                        switch (calibration.rule()) {
                            case GIVEN -> CalibrationRule.CALIBRATION_RULE_GIVEN;
                            case PUBLISHED -> CalibrationRule.CALIBRATION_RULE_PUBLISHED;
                        })
                .build();
    }

    private static NeuronOutput output(Operation.Neuron.Output output) {
        return switch (output) {
            case SPIKE -> NeuronOutput.NEURON_OUTPUT_SPIKE;
            case BURST -> NeuronOutput.NEURON_OUTPUT_BURST;
            case POTENTIAL -> NeuronOutput.NEURON_OUTPUT_POTENTIAL;
        };
    }

    private static Comparison comparison(Operation.Comparison comparison) {
        return switch (comparison) {
            case STRICTLY_ABOVE -> Comparison.COMPARISON_STRICTLY_ABOVE;
            case AT_OR_ABOVE -> Comparison.COMPARISON_AT_OR_ABOVE;
        };
    }

    static io.spikelet.model.wire.FirstSpike write(FirstSpike neuron) {
        var message = io.spikelet.model.wire.FirstSpike.newBuilder()
                .setWindow(neuron.window())
                .addAllDrives(DriveWire.write(neuron.drives()))
                .setPotentialMaximum(WireValues.proved("potentialMaximum", neuron.potentialMaximum()));
        WireValues.each(neuron.threshold(), message::addThreshold);
        return message.build();
    }

    static Operation.Neuron read(Neuron message) {
        return new Operation.Neuron(
                output(message),
                message.getBurst(),
                message.getGated(),
                comparison(message),
                WireValues.ints(message.getSynapticLeakList()),
                WireValues.ints(message.getA0List()),
                WireValues.ints(message.getB0List()),
                WireValues.ints(message.getA1List()),
                WireValues.ints(message.getB1List()),
                message.getThresholdSteps(),
                WireValues.ints(message.getThresholdList()),
                DriveWire.read(message.getDrivesList()),
                WireValues.floats(message.getMembraneUnitList()),
                message.getMembraneMaximum(),
                WireValues.ints(message.getFloorList()),
                message.hasCalibration() ? Optional.of(read(message.getCalibration())) : Optional.empty());
    }

    private static SpikeCalibration read(io.spikelet.model.wire.SpikeCalibration message) {
        return new SpikeCalibration(
                message.getAllowance(),
                switch (message.getRule()) {
                    case CALIBRATION_RULE_GIVEN -> SpikeCalibration.Rule.GIVEN;
                    case CALIBRATION_RULE_PUBLISHED -> SpikeCalibration.Rule.PUBLISHED;
                    default -> throw WireValues.unknown("calibration rule", message.getRuleValue());
                });
    }

    private static Operation.Neuron.Output output(Neuron message) {
        return switch (message.getOutput()) {
            case NEURON_OUTPUT_SPIKE -> Operation.Neuron.Output.SPIKE;
            case NEURON_OUTPUT_BURST -> Operation.Neuron.Output.BURST;
            case NEURON_OUTPUT_POTENTIAL -> Operation.Neuron.Output.POTENTIAL;
            default -> throw WireValues.unknown("neuron output", message.getOutputValue());
        };
    }

    private static Operation.Comparison comparison(Neuron message) {
        return switch (message.getComparison()) {
            case COMPARISON_STRICTLY_ABOVE -> Operation.Comparison.STRICTLY_ABOVE;
            case COMPARISON_AT_OR_ABOVE -> Operation.Comparison.AT_OR_ABOVE;
            default -> throw WireValues.unknown("comparison", message.getComparisonValue());
        };
    }

    static FirstSpike read(io.spikelet.model.wire.FirstSpike message) {
        return new FirstSpike(
                message.getWindow(),
                WireValues.ints(message.getThresholdList()),
                DriveWire.read(message.getDrivesList()),
                message.getPotentialMaximum());
    }
}
