package io.spikelet.model;

import java.util.List;

/** What may learn: dense layers of int8 weights that drive plain spiking neurons, or the potentials that are read out. */
final class LearningCheck {
    private LearningCheck() {}

    static void verify(CheckedLayer output, LearningRule rule) throws MalformedDataException {
        boolean finite = Float.isFinite(rule.learningRate()) && Float.isFinite(rule.logitGain());
        output.require(
                finite && rule.learningRate() > 0 && rule.logitGain() > 0,
                "the learning rate and the logit gain must be positive");
        boolean givesPotentials = isPlain(output.layer(), Operation.Neuron.Output.POTENTIAL)
                && output.network().readout().kind() == Readout.Kind.POTENTIAL;
        output.require(
                givesPotentials || isPlain(output.layer(), Operation.Neuron.Output.SPIKE),
                "learning needs an output layer of plain spiking neurons, or of potentials that are read out");
        if (givesPotentials) {
            for (int one : LearningRule.ones((Operation.Neuron) output.layer().operation())) {
                output.require(one >= 1, "its membrane LSB is coarser than 1.0, too coarse to learn with");
            }
        }
        List<Layer> layers = output.network().layers();
        for (int index : rule.layers()) {
            boolean dense =
                    index >= 0 && index < layers.size() && layers.get(index).operation() instanceof Operation.Dense;
            output.require(dense, "layer " + index + " is said to learn but is not dense");
            CheckedLayer learning = new CheckedLayer(output.ranges(), index, layers.get(index));
            learning.require(
                    ((Operation.Dense) layers.get(index).operation()).kind() == WeightKind.INT8,
                    "is said to learn but its weights are not INT8");
            for (Layer reader : layers) {
                boolean reads = reader.inputs().stream().anyMatch(inbound -> inbound.source() == index);
                learning.require(
                        !reads
                                || isPlain(reader, Operation.Neuron.Output.SPIKE)
                                || givesPotentials && reader == output.layer(),
                        "is said to learn but drives " + reader.name()
                                + ", which is no layer of plain spiking neurons");
            }
        }
    }

    private static boolean isPlain(Layer layer, Operation.Neuron.Output gives) {
        return layer.operation() instanceof Operation.Neuron neuron
                && neuron.output() == gives
                && !neuron.gated()
                && !neuron.hasFloor()
                && neuron.thresholdSteps() == 1
                && neuron.drives().stream().allMatch(drive -> drive.steps() == 1);
    }
}
