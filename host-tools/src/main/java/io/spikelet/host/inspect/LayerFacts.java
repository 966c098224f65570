package io.spikelet.host.inspect;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Bounds;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One layer of an image, measured.
 *
 * @param index its place in the image
 * @param kind what it computes: {@code Dense}, {@code Conv2d 3x3}, {@code Pool2d max 2x2}, {@code Neuron} …
 * @param from names of its sources; those read one step late end in {@code (late)}
 * @param weights of layers that have any
 * @param neurons of layers that fire or integrate
 * @param bound the largest integer of the layer, proved
 * @param bytes in the image
 */
public record LayerFacts(
        int index,
        Layer layer,
        String kind,
        List<String> from,
        Optional<Weights> weights,
        Optional<Neurons> neurons,
        Bound bound,
        StoredBytes bytes) {

    /**
     * @param kind what they may be
     * @param zeros weights of value 0
     * @param largest the largest absolute value, in LSBs
     * @param scale the real value of one LSB
     * @param learns whether the board may change them
     */
    public record Weights(WeightKind kind, int count, int zeros, int largest, Interval scale, boolean learns) {}

    /**
     * @param gives {@code spike}, {@code burst of N} or {@code potential}
     * @param fires {@code >} or {@code >=}; empty where nothing fires
     * @param threshold in membrane LSBs
     * @param realThreshold in the model's units
     * @param leak of the membrane a step, 1 keeps all
     * @param synapticLeak of the current a step, where there is one
     * @param reset {@code hard to X}, {@code soft}, or {@code none}
     * @param offset added at a step without a spike, in membrane LSBs
     * @param steps rows of the threshold's table
     * @param sets how many sets of parameters there are: 1, one a channel or one a neuron
     */
    public record Neurons(
            String gives,
            String fires,
            Interval threshold,
            Interval realThreshold,
            Interval leak,
            Optional<Interval> synapticLeak,
            String reset,
            Interval offset,
            int steps,
            int sets) {}

    /**
     * @param what {@code accumulator}, {@code membrane}, {@code potential} or {@code output}
     * @param proved the largest absolute value in the worst case
     */
    public record Bound(String what, long proved) {
        /** How many more bits an integer of 32 would hold. */
        public double marginBits() {
            return Math.log((double) (1L << Integer.SIZE - 1) / Math.max(1, proved)) / Math.log(2);
        }
    }

    /** @param network that {@link io.spikelet.model.NetworkCheck} lets run */
    public static List<LayerFacts> of(SpikingNetwork network) {
        List<LayerFacts> facts = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            List<String> from = new ArrayList<>();
            for (Inbound edge : layer.inputs()) {
                from.add(network.layers().get(edge.source()).name() + (edge.delay() > 0 ? " (late)" : ""));
            }
            facts.add(new LayerFacts(
                    i,
                    layer,
                    kind(layer.operation()),
                    from,
                    weights(network, i),
                    neurons(layer),
                    bound(network, i),
                    StoredBytes.of(layer)));
        }
        return facts;
    }

    private static String kind(Operation operation) {
        return switch (operation) {
            case Operation.Conv2d conv ->
                "Conv2d " + conv.kernelHeight() + "x" + conv.kernelWidth() + (conv.groups() > 1 ? " grouped" : "");
            case Pool2d pool -> "Pool2d " + word(pool.kind()) + " " + pool.kernelHeight() + "x" + pool.kernelWidth();
            case Join join -> "Join " + word(join.kind());
            default -> operation.getClass().getSimpleName();
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Weights> weights(SpikingNetwork network, int index) {
        return switch (network.layers().get(index).operation()) {
            case Operation.Dense dense ->
                Optional.of(weights(dense.kind(), dense.weights(), dense.scale(), network.learnsWeights(index)));
            case Operation.Conv2d conv -> Optional.of(weights(conv.kind(), conv.weights(), conv.scale(), false));
            default -> Optional.empty();
        };
    }

    private static Weights weights(WeightKind kind, byte[] codes, float[] scale, boolean learns) {
        int zeros = 0;
        int largest = 0;
        for (byte code : codes) {
            int value = kind.value(code);
            zeros += value == 0 ? 1 : 0;
            largest = Math.max(largest, Math.abs(value));
        }
        return new Weights(kind, codes.length, zeros, largest, Interval.of(scale), learns);
    }

    private static Optional<Neurons> neurons(Layer layer) {
        if (layer.operation() instanceof FirstSpike neuron) {
            Interval threshold = Interval.of(neuron.threshold(), 1);
            return Optional.of(new Neurons(
                    "the time of one spike in " + neuron.window() + " steps",
                    ">=",
                    threshold,
                    threshold,
                    new Interval(1, 1),
                    Optional.empty(),
                    "none",
                    new Interval(0, 0),
                    neuron.window(),
                    1));
        }
        if (!(layer.operation() instanceof Operation.Neuron neuron)) {
            return Optional.empty();
        }
        float[] unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape());
        int row = neuron.threshold().length / neuron.thresholdSteps();
        int share = unit.length / row;
        return Optional.of(new Neurons(
                switch (neuron.output()) {
                    case SPIKE -> "spike";
                    case BURST -> "burst of " + neuron.burst() + takenBack(neuron);
                    case POTENTIAL -> "potential";
                },
                fires(neuron),
                Interval.of(neuron.threshold(), 1),
                Interval.of(unit.length, i -> (double) neuron.threshold()[i / share] * unit[i]),
                Interval.of(neuron.a0(), Q15.ONE),
                neuron.hasSynapticCurrent()
                        ? Optional.of(Interval.of(neuron.synapticLeak(), Q15.ONE))
                        : Optional.empty(),
                reset(neuron, unit),
                Interval.of(neuron.b0(), 1),
                neuron.thresholdSteps(),
                sets(neuron, row)));
    }

    private static String takenBack(Operation.Neuron neuron) {
        return neuron.calibration()
                .map(calibration -> ", taken back after " + calibration.allowance() + " steps beyond the mean interval"
                        + (calibration.rule() == SpikeCalibration.Rule.PUBLISHED ? ", published rule" : ""))
                .orElse("");
    }

    private static String fires(Operation.Neuron neuron) {
        if (neuron.output() == Operation.Neuron.Output.POTENTIAL) {
            return "";
        }
        return neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE ? ">" : ">=";
    }

    private static int sets(Operation.Neuron neuron, int thresholdRow) {
        int sets = Math.max(thresholdRow, neuron.synapticLeak().length);
        for (int[] values : List.of(neuron.a0(), neuron.b0(), neuron.a1(), neuron.b1())) {
            sets = Math.max(sets, values.length);
        }
        return sets;
    }

    /** A hard reset forgets the membrane; a soft one takes the threshold off and leaks as before. */
    private static String reset(Operation.Neuron neuron, float[] unit) {
        if (neuron.output() == Operation.Neuron.Output.POTENTIAL) {
            return "none";
        }
        if (Arrays.stream(neuron.a0()).allMatch(leak -> leak == 0)) {
            return "none, nothing is kept";
        }
        if (Arrays.stream(neuron.a1()).anyMatch(leak -> leak != 0)) {
            return "soft";
        }
        if (Arrays.equals(neuron.b0(), neuron.b1())) {
            return "hard to 0";
        }
        // The next step begins from a0 · reset + b0.
        Interval to = Interval.of(unit.length, i -> {
            double leak = (double) neuron.a0()[i / (unit.length / neuron.a0().length)] / Q15.ONE;
            int before = neuron.b0()[i / (unit.length / neuron.b0().length)];
            int after = neuron.b1()[i / (unit.length / neuron.b1().length)];
            return leak == 0 ? 0 : (float) ((after - before) / leak * unit[i]);
        });
        return "hard to " + to;
    }

    private static Bound bound(SpikingNetwork network, int index) {
        return switch (network.layers().get(index).operation()) {
            case Operation.Dense _, Operation.Conv2d _ ->
                new Bound("accumulator", Bounds.accumulatorRange(network, index).magnitude());
            case Operation.Neuron _ -> new Bound("membrane", Bounds.membraneMaximum(network, index));
            case FirstSpike _ -> new Bound("potential", Bounds.potentialMaximum(network, index));
            default -> new Bound("output", Bounds.outputRange(network, index).magnitude());
        };
    }
}
