package io.spikelet.host.diff;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Locale;

/** Compares what two layers of one name compute. */
record OperationDiff(String name, Layer before, Layer after, Comparison.Gathering found) {

    void compare() {
        switch (before.operation()) {
            case Operation.Dense a
            when after.operation() instanceof Operation.Dense b ->
                weights(a.kind(), a.weights(), a.scale(), b.kind(), b.weights(), b.scale());
            case Operation.Conv2d a
            when after.operation() instanceof Operation.Conv2d b -> {
                found.compare(name, "geometry", geometry(a), geometry(b));
                weights(a.kind(), a.weights(), a.scale(), b.kind(), b.weights(), b.scale());
            }
            case Operation.Neuron a when after.operation() instanceof Operation.Neuron b -> neurons(a, b);
            case FirstSpike a
            when after.operation() instanceof FirstSpike b -> {
                found.compare(name, "window", a.window(), b.window());
                integers("threshold", a.threshold(), b.threshold());
                drives(a.drives(), b.drives());
                found.compare(name, "proved maximum", a.potentialMaximum(), b.potentialMaximum());
            }
            case CurrentAdd a
            when after.operation() instanceof CurrentAdd b -> {
                found.compare(name, "shift", a.shift(), b.shift());
                drives(a.drives(), b.drives());
            }
            case Delay a when after.operation() instanceof Delay b -> integers("delay in steps", a.steps(), b.steps());
            case AttentionGate a
            when after.operation() instanceof AttentionGate b -> {
                found.compare(name, "numbers", numbers(a), numbers(b));
                bytes("spatial weights", a.spatialWeights(), b.spatialWeights());
                bytes("squeeze", a.squeeze(), b.squeeze());
                bytes("excite", a.excite(), b.excite());
            }
            default -> found.compare(name, "operation", words(before.operation()), words(after.operation()));
        }
    }

    /** Those without arrays say all that they hold; of others the kind is what differs. */
    private static String words(Operation operation) {
        return switch (operation) {
            case Operation.Dense _,
                    Operation.Conv2d _,
                    Operation.Neuron _,
                    FirstSpike _,
                    CurrentAdd _,
                    Delay _,
                    AttentionGate _ -> operation.getClass().getSimpleName();
            default -> operation.toString();
        };
    }

    private static String geometry(Operation.Conv2d conv) {
        return conv.kernelHeight() + "x" + conv.kernelWidth() + ", stride " + conv.strideY() + "x" + conv.strideX()
                + ", padding " + conv.paddingY() + "x" + conv.paddingX() + ", dilation " + conv.dilationY() + "x"
                + conv.dilationX() + ", groups " + conv.groups();
    }

    private static String numbers(AttentionGate gate) {
        return gate.hidden() + " hidden, spatial bias " + gate.spatialBias() + ", spatial step " + gate.spatialStep()
                + " / 2^" + gate.spatialShift() + ", channel step " + gate.channelStep() + " / 2^"
                + gate.channelShift();
    }

    private void weights(
            WeightKind kind, byte[] codes, float[] scale, WeightKind otherKind, byte[] others, float[] otherScale) {
        found.compare(name, "kind of weights", word(kind), word(otherKind));
        if (codes.length != others.length || scale.length != otherScale.length) {
            found.compare(name, "number of weights", codes.length, others.length);
            return;
        }
        if (kind == otherKind) {
            found.moved(
                    name,
                    "weights in LSBs",
                    Moved.of(codes.length, i -> kind.value(codes[i]), i -> kind.value(others[i])));
        }
        int row = codes.length / scale.length;
        boolean sameScale = java.util.Arrays.equals(scale, otherScale);
        if (kind != otherKind || !sameScale) {
            found.moved(
                    name,
                    "weights as real numbers",
                    Moved.of(
                            codes.length,
                            i -> kind.value(codes[i]) * (double) scale[i / row],
                            i -> otherKind.value(others[i]) * (double) otherScale[i / row]));
        }
        if (!sameScale) {
            reals("size of an LSB", scale, otherScale);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void neurons(Operation.Neuron a, Operation.Neuron b) {
        found.compare(name, "gives", word(a.output()), word(b.output()));
        found.compare(name, "burst", a.burst(), b.burst());
        found.compare(name, "spikes taken back", takenBack(a), takenBack(b));
        found.compare(name, "gated", a.gated(), b.gated());
        found.compare(name, "comparison", word(a.comparison()), word(b.comparison()));
        integers("leak", a.a0(), b.a0());
        integers("leak after a spike", a.a1(), b.a1());
        integers("offset", a.b0(), b.b0());
        integers("offset after a spike", a.b1(), b.b1());
        integers("leak of the current", a.synapticLeak(), b.synapticLeak());
        integers("floor", a.floor(), b.floor());
        table("threshold", a.thresholdSteps(), a.threshold(), b.thresholdSteps(), b.threshold());
        drives(a.drives(), b.drives());
        reals("size of a membrane LSB", a.membraneUnit(), b.membraneUnit());
        found.compare(name, "proved maximum", a.membraneMaximum(), b.membraneMaximum());
    }

    private static String takenBack(Operation.Neuron neuron) {
        return neuron.calibration()
                .map(calibration -> "after " + calibration.allowance() + " steps, rule " + word(calibration.rule()))
                .orElse("never");
    }

    private void drives(List<Operation.Drive> a, List<Operation.Drive> b) {
        found.compare(name, "drives", a.size(), b.size());
        for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
            String of = a.size() == 1 ? "" : " of edge " + (k + 1);
            Operation.Drive first = a.get(k);
            Operation.Drive second = b.get(k);
            table("gain" + of, first.steps(), first.gain(), second.steps(), second.gain());
            table("bias" + of, first.steps(), first.bias(), second.steps(), second.bias());
            found.compare(name, "bias at the start" + of, first.biasAtStart(), second.biasAtStart());
        }
    }

    private void table(String what, int steps, int[] a, int otherSteps, int[] b) {
        if (steps == 1 && otherSteps == 1) {
            integers(what, a, b);
        } else if (steps == otherSteps && a.length == b.length) {
            found.moved(name, what, Moved.of(a.length, i -> a[i], i -> b[i]));
        } else {
            found.compare(
                    name,
                    what,
                    steps + " rows of " + a.length / steps + " values",
                    otherSteps + " rows of " + b.length / otherSteps + " values");
        }
    }

    /** One value, one a channel and one a neuron are compared as what each neuron gets. */
    private void integers(String what, int[] a, int[] b) {
        if (a.length == b.length) {
            found.moved(name, what, Moved.of(a.length, i -> a[i], i -> b[i]));
        } else if (a.length == 0 || b.length == 0 || !before.shape().equals(after.shape())) {
            found.compare(name, what, a.length + " values", b.length + " values");
        } else {
            int size = size(before.shape(), a.length, b.length);
            found.moved(name, what, Moved.of(size, i -> a[i / (size / a.length)], i -> b[i / (size / b.length)]));
        }
    }

    private void reals(String what, float[] a, float[] b) {
        if (a.length == b.length) {
            found.moved(name, what, Moved.of(a.length, i -> a[i], i -> b[i]));
        } else if (!before.shape().equals(after.shape())) {
            found.compare(name, what, a.length + " values", b.length + " values");
        } else {
            int size = size(before.shape(), a.length, b.length);
            found.moved(name, what, Moved.of(size, i -> a[i / (size / a.length)], i -> b[i / (size / b.length)]));
        }
    }

    /** As many as both can be spread to: a value a channel where neither has one a neuron. */
    private static int size(Shape shape, int a, int b) {
        return Math.max(a, b) <= shape.channels() ? shape.channels() : shape.size();
    }

    private void bytes(String what, byte[] a, byte[] b) {
        if (a.length == b.length) {
            found.moved(name, what, Moved.of(a.length, i -> a[i], i -> b[i]));
        } else {
            found.compare(name, what, a.length + " values", b.length + " values");
        }
    }
}
