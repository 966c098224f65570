package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;

/** The rules of joins, residual streams, delays and attention gates. */
final class JoinCheck {
    private JoinCheck() {}

    static void form(CheckedLayer checked, Join join) throws MalformedDataException {
        boolean enough = join.kind() == Join.Kind.AND_NOT ? checked.edges() == 2 : checked.edges() >= 2;
        checked.require(enough, "is a join of kind " + join.kind() + " of " + checked.edges() + " sources");
        for (int k = 0; k < checked.edges(); k++) {
            checked.require(
                    checked.source(k).shape().equals(checked.layer().shape()),
                    "joins " + checked.source(k).name() + " of shape "
                            + checked.source(k).shape() + " to its "
                            + checked.layer().shape());
        }
    }

    static void bounds(CheckedLayer checked, Join join) throws MalformedDataException {
        for (int k = 0; k < checked.edges(); k++) {
            checked.readsNoCurrents(k);
            checked.readsNoTimes(k);
            if (join.kind() != Join.Kind.ADD) {
                checked.readsBits(k);
            }
        }
        checked.givesIntegers();
        checked.holds("its sum", OutputBounds.of(checked.ranges(), checked.index()));
    }

    static void form(CheckedLayer checked, CurrentAdd stream) throws MalformedDataException {
        checked.declares(EdgeDomain.Kind.SIGNED);
        checked.drives(stream.drives(), checked.edges());
    }

    static void bounds(CheckedLayer checked, CurrentAdd stream) throws MalformedDataException {
        checked.require(
                StreamBounds.sumMaximum(checked.ranges(), checked.layer(), stream) < StreamBounds.SUM_LIMIT,
                "its sum can overflow 62 bits");
        checked.holds("its current", StreamBounds.output(checked.ranges(), checked.layer(), stream));
    }

    static void form(CheckedLayer checked, Delay delay) throws MalformedDataException {
        checked.hasShape(checked.onlySource().shape());
        checked.fits("steps", delay.steps().length);
        for (int steps : delay.steps()) {
            if (steps < 0 || steps > Delay.MAX_STEPS) {
                throw checked.refusal("a delay is 0.." + Delay.MAX_STEPS + " steps, not " + steps);
            }
        }
    }

    static void bounds(CheckedLayer checked) throws MalformedDataException {
        checked.readsNoCurrents(0);
        checked.readsNoTimes(0);
        checked.givesIntegers();
        checked.holds("its value", OutputBounds.of(checked.ranges(), checked.index()));
    }

    static void form(CheckedLayer checked, AttentionGate gate) throws MalformedDataException {
        Shape source = checked.onlySource().shape();
        checked.hasShape(source);
        checked.require(
                gate.spatialWeights().length == source.channels(),
                "weighs " + gate.spatialWeights().length + " channels but its source has " + source.channels());
        for (byte[] weights : new byte[][] {gate.spatialWeights(), gate.squeeze(), gate.excite()}) {
            for (byte weight : weights) {
                checked.require(WeightKind.INT8.allows(weight), "weights are -127..127");
            }
        }
        checked.require(
                checked.layer().output().equals(EdgeDomain.unsigned(Q15.ONE)),
                "its output must be declared UNSIGNED 32768, factors in Q0.15");
    }

    static void bounds(CheckedLayer checked, AttentionGate gate) throws MalformedDataException {
        checked.readsBits(0);
        GateBounds.Maxima maxima = GateBounds.maxima(gate, checked.source(0).shape());
        checked.require(maxima.sum() <= Integer.MAX_VALUE, "its sums can overflow 32 bits");
        checked.require(maxima.product() < 1L << 62, "its sums times their steps can overflow 62 bits");
    }
}
