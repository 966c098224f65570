package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;
import java.util.List;

/**
 * What may learn: dense and convolution layers that drive plain spiking neurons, or the potentials that are read out. Their
 * weights are int8, or binary where they flip; where thresholds are calibrated, of any kind.
 */
final class LearningCheck {
    private final CheckedLayer output;
    private final LearningRule rule;
    private final List<Layer> layers;

    private LearningCheck(CheckedLayer output, LearningRule rule) {
        this.output = output;
        this.rule = rule;
        layers = output.network().layers();
    }

    static void verify(CheckedLayer output, LearningRule rule) throws MalformedDataException {
        new LearningCheck(output, rule).verify();
    }

    private void verify() throws MalformedDataException {
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
        output.require(
                rule.layers().stream().distinct().count() == rule.layers().size(), "a layer is said to learn twice");
        for (int index : rule.layers()) {
            boolean linear = index >= 0
                    && index < layers.size()
                    && LinearBounds.isLinear(layers.get(index).operation());
            output.require(linear, "layer " + index + " is said to learn but is neither dense nor a convolution");
            verify(index, givesPotentials);
        }
    }

    private void verify(int index, boolean givesPotentials) throws MalformedDataException {
        Layer layer = layers.get(index);
        CheckedLayer learning = new CheckedLayer(output.ranges(), index, layer);
        WeightKind needed = rule.method().kind() == LearningMethod.Kind.FLIP ? WeightKind.BINARY : WeightKind.INT8;
        WeightKind kind = layer.operation() instanceof Operation.Dense dense
                ? dense.kind()
                : ((Operation.Conv2d) layer.operation()).kind();
        boolean calibrates = rule.method().kind() == LearningMethod.Kind.CALIBRATION;
        learning.require(calibrates || kind == needed, "is said to learn but its weights are not " + needed);
        if (calibrates) {
            verifyCalibration(index, layer, learning);
        }
        boolean needsDense = rule.method().kind() == LearningMethod.Kind.E_PROP
                || rule.method().kind() == LearningMethod.Kind.PROXY;
        learning.require(
                !needsDense || layer.operation() instanceof Operation.Dense,
                "is a convolution, which " + rule.method().kind() + " does not reach");
        learning.require(
                rule.method().kind() != LearningMethod.Kind.PROXY
                        || layer.inputs().getFirst().delay() == 0,
                "feeds back, which PROXY does not reach");
        for (int reader = 0; rule.method().learnsThresholds() && reader < layers.size(); reader++) {
            boolean reads = layers.get(reader).inputs().stream().anyMatch(inbound -> inbound.source() == index);
            if (reads && isPlain(layers.get(reader), Operation.Neuron.Output.SPIKE)) {
                verifyReset(new CheckedLayer(output.ranges(), reader, layers.get(reader)));
            }
        }
        for (Layer reader : layers) {
            boolean reads = reader.inputs().stream().anyMatch(inbound -> inbound.source() == index);
            learning.require(
                    !reads
                            || isPlain(reader, Operation.Neuron.Output.SPIKE)
                            || givesPotentials && reader == output.layer(),
                    "is said to learn but drives " + reader.name() + ", which is no layer of plain spiking neurons");
        }
    }

    /** Each layer of neurons has one running extremum, or one a channel, and a threshold to move by it. */
    private void verifyCalibration(int index, Layer layer, CheckedLayer learning) throws MalformedDataException {
        int k = rule.layers().indexOf(index);
        learning.require(
                rule.learningRate() * rule.method().layerRate(k) <= 1,
                "is calibrated by more than the whole of a sample's extremum; lower its rate to 1 or less");
        int groups = layer.operation() instanceof Operation.Conv2d conv ? conv.outChannels() : 1;
        learning.require(
                !rule.method().extrema().isEmpty()
                        && rule.method().extrema().get(k).size() == groups,
                "is calibrated by " + groups + " extrema, which its learning rule does not hold");
        for (Layer reader : layers) {
            long calibrating = reader.inputs().stream()
                    .filter(inbound -> rule.layers().contains(inbound.source()))
                    .count();
            boolean reads = reader.inputs().stream().anyMatch(inbound -> inbound.source() == index);
            learning.require(
                    !reads || isPlain(reader, Operation.Neuron.Output.SPIKE),
                    "is said to calibrate but drives " + reader.name() + ", which has no threshold");
            learning.require(
                    !reads || calibrating == 1,
                    "is said to calibrate neurons that another layer calibrates too; name one of them");
        }
    }

    /** A soft reset by {@code c·θ} with c at most the leak, or a hard one, whose bounds hold for any threshold. */
    private void verifyReset(CheckedLayer neurons) throws MalformedDataException {
        Operation.Neuron neuron = (Operation.Neuron) neurons.layer().operation();
        Shape shape = neurons.layer().shape();
        int[] threshold = Parameter.perNeuron(neuron.threshold(), shape);
        int[] leak = Parameter.perNeuron(neuron.a1(), shape);
        int[] silent = Parameter.perNeuron(neuron.b0(), shape);
        int[] fired = Parameter.perNeuron(neuron.b1(), shape);
        for (int n = 0; n < threshold.length; n++) {
            long cost = (long) silent[n] - fired[n];
            boolean holds = leak[n] == 0 || cost >= 0 && cost << Q15.BITS <= (long) leak[n] * threshold[n] + Q15.ONE;
            neurons.require(
                    threshold[n] > 0 && holds,
                    "its thresholds are said to learn, but one is not above 0 or a spike costs more than what leaks of"
                            + " it");
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
