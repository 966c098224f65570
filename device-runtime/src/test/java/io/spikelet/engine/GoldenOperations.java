package io.spikelet.engine;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds the layer that a golden case describes, behind as many inputs as the case has sources. */
final class GoldenOperations {
    private GoldenOperations() {}

    /** The sources, then the layer itself. Good for kernels only: nobody could check or load it. */
    static SpikingNetwork network(GoldenCase golden) {
        List<Layer> layers = new ArrayList<>();
        Shape from = shape(golden, "from");
        int window = golden.has("window") ? golden.number("window") : 0;
        EdgeDomain domain = window > 0 ? EdgeDomain.time(window) : EdgeDomain.signed(1 << 20);
        while (golden.has("source" + layers.size())) {
            layers.add(new Layer("source", List.of(), from, domain, new Operation.Input()));
        }
        List<Inbound> inputs =
                IntStream.range(0, layers.size()).mapToObj(Inbound::from).toList();
        Operation operation = operation(golden);
        boolean givesTimes = window > 0 && operation instanceof Pool2d;
        layers.add(new Layer(
                "made",
                inputs,
                shape(golden, "shape"),
                givesTimes ? domain : EdgeDomain.signed(Integer.MAX_VALUE),
                operation));
        return new SpikingNetwork(
                "golden",
                1,
                Encoder.FRAMES,
                new Readout(1, 1),
                layers,
                new Discretisation("snntorch", 1e-4),
                Optional.empty(),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    static Shape shape(GoldenCase golden, String key) {
        int[] extents = golden.ints(key);
        return new Shape(extents[0], extents[1], extents[2]);
    }

    private static Operation operation(GoldenCase golden) {
        return switch (golden.word("operation")) {
            case "dense" -> dense(golden);
            case "conv" -> conv(golden);
            case "neuron" -> neuron(golden);
            case "pool" -> pool(golden);
            case "vote" -> new VotePool(golden.number("voters"));
            case "join" -> new Join(Join.Kind.valueOf(golden.word("kind")));
            case "current" -> new CurrentAdd(golden.number("shift"), drives(golden));
            case "delay" -> new Delay(golden.ints("steps"));
            case "gate" ->
                new AttentionGate(
                        golden.bytes("spatialWeights"),
                        golden.number("spatialBias"),
                        golden.number("spatialStep"),
                        golden.number("spatialShift"),
                        golden.number("hidden"),
                        golden.bytes("squeeze"),
                        golden.bytes("excite"),
                        golden.number("channelStep"),
                        golden.number("channelShift"));
            default -> throw new IllegalArgumentException(golden.word("operation"));
        };
    }

    private static Operation dense(GoldenCase golden) {
        int outputs = shape(golden, "shape").size();
        return new Operation.Dense(
                outputs, shape(golden, "from").size(), kind(golden), golden.bytes("weights"), new float[outputs]);
    }

    private static Operation conv(GoldenCase golden) {
        int outs = shape(golden, "shape").channels();
        int[] kernel = golden.ints("kernel");
        int[] stride = golden.ints("stride");
        int[] padding = golden.ints("padding");
        int[] dilation = golden.ints("dilation");
        return new Operation.Conv2d(
                outs,
                shape(golden, "from").channels(),
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                dilation[0],
                dilation[1],
                golden.number("groups"),
                kind(golden),
                golden.bytes("weights"),
                new float[outs]);
    }

    private static Operation pool(GoldenCase golden) {
        int[] kernel = golden.ints("kernel");
        int[] stride = golden.ints("stride");
        int[] padding = golden.ints("padding");
        return new Pool2d(
                Pool2d.Kind.valueOf(golden.word("kind")),
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1]);
    }

    private static WeightKind kind(GoldenCase golden) {
        return WeightKind.valueOf(golden.word("kind"));
    }

    private static Operation neuron(GoldenCase golden) {
        Operation.Neuron neuron = plainNeuron(golden);
        return golden.has("allowance")
                ? neuron.withCalibration(new SpikeCalibration(
                        golden.number("allowance"), SpikeCalibration.Rule.valueOf(golden.word("rule"))))
                : neuron;
    }

    private static Operation.Neuron plainNeuron(GoldenCase golden) {
        return new Operation.Neuron(
                Operation.Neuron.Output.valueOf(golden.word("output")),
                golden.number("burst"),
                golden.number("gated") == 1,
                golden.number("strict") == 1 ? Operation.Comparison.STRICTLY_ABOVE : Operation.Comparison.AT_OR_ABOVE,
                golden.ints("synapticLeak"),
                golden.ints("a0"),
                golden.ints("b0"),
                golden.ints("a1"),
                golden.ints("b1"),
                golden.number("rows"),
                golden.ints("threshold"),
                drives(golden),
                new float[] {1},
                Integer.MAX_VALUE,
                golden.ints("floor"));
    }

    private static List<Operation.Drive> drives(GoldenCase golden) {
        int[] atStart = golden.ints("biasAtStart");
        return IntStream.range(0, atStart.length)
                .mapToObj(k -> new Operation.Drive(
                        golden.number("rows"), golden.ints("gain" + k), golden.ints("bias" + k), atStart[k] == 1))
                .toList();
    }
}
