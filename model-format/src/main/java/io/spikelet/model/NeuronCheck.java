package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;

/** The rules of neuron layers. */
final class NeuronCheck {
    private NeuronCheck() {}

    static void form(CheckedLayer checked, Operation.Neuron neuron) throws MalformedDataException {
        int driving = checked.edges() - (neuron.gated() ? 1 : 0);
        checked.require(driving > 0, "a neuron layer has an edge that drives it");
        checked.drives(neuron.drives(), driving);
        if (neuron.hasSynapticCurrent()) {
            checked.isLeak("synapticLeak", neuron.synapticLeak());
        }
        checked.isLeak("a0", neuron.a0());
        checked.isLeak("a1", neuron.a1());
        checked.fits("b0", neuron.b0().length);
        checked.fits("b1", neuron.b1().length);
        checked.fits("membraneUnit", neuron.membraneUnit().length);
        if (neuron.hasFloor()) {
            checked.fits("floor", neuron.floor().length);
            for (int floor : neuron.floor()) {
                if (floor > 0) {
                    throw checked.refusal("a membrane's floor is 0 or less, not " + floor);
                }
            }
        }
        checked.hasRows("threshold", neuron.thresholdSteps(), neuron.threshold().length);
        output(checked, neuron);
        if (neuron.gated()) {
            gate(checked, checked.edges() - 1);
        }
    }

    private static void output(CheckedLayer checked, Operation.Neuron neuron) throws MalformedDataException {
        switch (neuron.output()) {
            case SPIKE ->
                checked.require(
                        checked.layer().output().kind() == EdgeDomain.Kind.BIT, "a neuron layer gives single spikes");
            case BURST -> {
                boolean takesBack = neuron.calibration().isPresent();
                checked.declares(takesBack ? EdgeDomain.Kind.SIGNED : EdgeDomain.Kind.UNSIGNED);
                checked.holds("its burst", OutputBounds.burst(neuron));
                checked.require(
                        !takesBack || (long) checked.network().timeSteps() * neuron.burst() <= Integer.MAX_VALUE,
                        "its count of spikes can overflow 32 bits within "
                                + checked.network().timeSteps() + " time steps");
                for (int threshold : neuron.threshold()) {
                    if (threshold <= 0 || (long) threshold * neuron.burst() > Integer.MAX_VALUE) {
                        throw checked.refusal("a burst of " + neuron.burst() + " needs a threshold of 1.."
                                + Integer.MAX_VALUE / neuron.burst() + ", not " + threshold);
                    }
                }
            }
            case POTENTIAL -> checked.declares(EdgeDomain.Kind.SIGNED);
        }
    }

    private static void gate(CheckedLayer checked, int edge) throws MalformedDataException {
        checked.hasSize(edge);
        EdgeDomain gate = checked.source(edge).output();
        checked.require(
                gate.kind() == EdgeDomain.Kind.UNSIGNED && gate.maximum() <= Q15.ONE,
                "its gate must give factors 0..32768 in Q0.15, but "
                        + checked.source(edge).name() + " is declared " + gate.kind() + " " + gate.maximum());
    }

    static void bounds(CheckedLayer checked, Operation.Neuron neuron) throws MalformedDataException {
        long proved = MembraneBounds.maximum(checked.ranges(), checked.index());
        checked.require(
                proved <= Integer.MAX_VALUE,
                "its membrane can overflow 32 bits within " + checked.network().timeSteps() + " time steps");
        checked.require(
                proved <= neuron.membraneMaximum(),
                "its membrane can reach " + proved + " but the image declares " + neuron.membraneMaximum());
        if (neuron.output() == Operation.Neuron.Output.POTENTIAL) {
            checked.holds("its potential", Range.of(-proved, proved));
        }
    }

    static void form(CheckedLayer checked, FirstSpike neuron) throws MalformedDataException {
        checked.require(checked.edges() > 0, "a neuron layer has an edge that drives it");
        checked.drives(neuron.drives(), checked.edges());
        checked.require(
                checked.layer().output().equals(EdgeDomain.time(neuron.window())),
                "its output must be declared TIME " + neuron.window() + ", its window");
        int[] threshold = neuron.threshold();
        checked.require(
                threshold.length == neuron.window(),
                "its threshold table has " + threshold.length + " rows but its window " + neuron.window() + " steps");
        for (int t = 0; t < threshold.length; t++) {
            checked.require(
                    threshold[t] > 0 && (t == 0 || threshold[t] <= threshold[t - 1]),
                    "its thresholds must be above 0 and never rise");
        }
    }

    static void bounds(CheckedLayer checked, FirstSpike neuron) throws MalformedDataException {
        for (int k = 0; k < checked.edges(); k++) {
            Layer source = checked.source(k);
            boolean readsTimes = LinearBounds.isLinear(source.operation())
                    && checked.network()
                                    .layers()
                                    .get(source.inputs().getFirst().source())
                                    .output()
                                    .kind()
                            == EdgeDomain.Kind.TIME;
            checked.require(
                    readsTimes,
                    "reads " + source.name() + ", which is no dense or convolution layer that reads spike times");
        }
        long proved = Bounds.potentialMaximum(checked.ranges(), checked.index());
        checked.require(proved <= Integer.MAX_VALUE, "its potential can overflow 32 bits");
        checked.require(
                proved <= neuron.potentialMaximum(),
                "its potential can reach " + proved + " but the image declares " + neuron.potentialMaximum());
    }
}
