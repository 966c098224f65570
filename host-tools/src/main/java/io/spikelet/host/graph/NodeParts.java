package io.spikelet.host.graph;

import io.spikelet.model.Join;
import io.spikelet.model.Operation.Comparison;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node taken apart: what it is called and what it holds, by NIR's names. What writes, compares or describes graphs asks
 * here, so that none of them forgets a field.
 *
 * @param kind the node's type: NIR's own where NIR has it, else {@code MaxPool2d} or {@code ReLU}
 * @param values real numbers by field
 * @param settings whole numbers by field; pairs are {y, x}
 */
public record NodeParts(String kind, Map<String, Tensor> values, Map<String, int[]> settings) {

    public NodeParts {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public static NodeParts of(Node node) {
        return switch (node) {
            case Node.Input input -> of("Input").with("shape", input.shape());
            case Node.Output output -> of("Output").with("shape", output.shape());
            case Node.Affine affine ->
                of(affine.bias() == null ? "Linear" : "Affine")
                        .with("weight", affine.weight())
                        .with("bias", affine.bias());
            case Node.Conv2d conv ->
                of("Conv2d")
                        .with("weight", conv.weight())
                        .with("bias", conv.bias())
                        .with("stride", conv.stride())
                        .with("padding", conv.padding())
                        .with("dilation", conv.dilation())
                        .with("groups", conv.groups())
                        .with("input_shape", conv.inputShape());
            case Node.SumPool2d pool -> pool("SumPool2d", pool);
            case Node.AvgPool2d pool -> pool("AvgPool2d", pool);
            case Node.MaxPool2d pool -> pool("MaxPool2d", pool);
            case Node.LossFreePool2d pool -> pool("LossFreePool2d", pool);
            case Node.FirstSpike neuron ->
                of("FirstSpike")
                        .with("threshold", Tensor.scalar(neuron.threshold()))
                        .with("window", neuron.window());
            case Node.CurrentAdd _ -> of("CurrentAdd");
            case Node.SpikeJoin join -> of(join.kind() == Join.Kind.AND ? "And" : "AndNot");
            case Node.TwoBranch neuron ->
                of("TwoBranch")
                        .with("a0", neuron.a0())
                        .with("b0", neuron.b0())
                        .with("a1", neuron.a1())
                        .with("b1", neuron.b1())
                        .with("gain", neuron.gain())
                        .with("offset", neuron.offset())
                        .with("threshold", neuron.threshold())
                        .with("initial", neuron.initial())
                        .with(neuron.noise())
                        .with("at_least", neuron.comparison() == Comparison.AT_OR_ABOVE ? 1 : 0)
                        .with(neuron.attention());
            case Node.BurstIf neuron -> {
                NodeParts bursts =
                        of("BurstIF").with("v_threshold", neuron.threshold()).with("burst", neuron.burst());
                yield neuron.calibration()
                        .map(calibration -> bursts.with("allowance", calibration.allowance())
                                .with("calibration", calibration.rule().ordinal()))
                        .orElse(bursts);
            }
            case Node.Relu relu -> of("ReLU").with("ceiling", Tensor.scalar(relu.ceiling()));
            case Node.Flatten flatten ->
                of("Flatten").with("start_dim", flatten.startDim()).with("end_dim", flatten.endDim());
            case Node.Scale scale -> of("Scale").with("scale", scale.scale());
            case Node.Delay delay -> of("Delay").with("delay", delay.delay());
            case Node.Threshold fired -> of("Threshold").with("threshold", fired.threshold());
            case Node.I neuron -> of("I").with("r", neuron.r());
            case Node.Li neuron ->
                of("LI").with("tau", neuron.tau()).with("r", neuron.r()).with("v_leak", neuron.leak());
            case Node.CubaLi neuron ->
                cuba("CubaLI", neuron.tauSyn(), neuron.tauMem(), neuron.r(), neuron.leak(), neuron.wIn());
            case Node.If neuron ->
                of("IF").with("r", neuron.r())
                        .with("v_threshold", neuron.threshold())
                        .with("v_reset", neuron.reset());
            case Node.Lif neuron ->
                of("LIF")
                        .with("tau", neuron.tau())
                        .with("r", neuron.r())
                        .with("v_leak", neuron.leak())
                        .with("v_threshold", neuron.threshold())
                        .with("v_reset", neuron.reset());
            case Node.CubaLif neuron ->
                cuba("CubaLIF", neuron.tauSyn(), neuron.tauMem(), neuron.r(), neuron.leak(), neuron.wIn())
                        .with("v_threshold", neuron.threshold())
                        .with("v_reset", neuron.reset());
        };
    }

    /** Whether both are of one kind and hold the same numbers in the same shapes. */
    public boolean equalTo(NodeParts other) {
        return kind.equals(other.kind)
                && values.keySet().equals(other.values.keySet())
                && settings.keySet().equals(other.settings.keySet())
                && values.entrySet().stream()
                        .allMatch(field -> equal(field.getValue(), other.values.get(field.getKey())))
                && settings.entrySet().stream()
                        .allMatch(field -> Arrays.equals(field.getValue(), other.settings.get(field.getKey())));
    }

    private static boolean equal(Tensor a, Tensor b) {
        return Arrays.equals(a.shape(), b.shape()) && Arrays.equals(a.values(), b.values());
    }

    private static NodeParts of(String kind) {
        return new NodeParts(kind, Map.of(), Map.of());
    }

    private static NodeParts pool(String kind, Node.Pool2d pool) {
        return of(kind).with("kernel_size", pool.kernelSize())
                .with("stride", pool.stride())
                .with("padding", pool.padding());
    }

    private static NodeParts cuba(String kind, Tensor tauSyn, Tensor tauMem, Tensor r, Tensor leak, Tensor wIn) {
        return of(kind).with("tau_syn", tauSyn)
                .with("tau_mem", tauMem)
                .with("r", r)
                .with("v_leak", leak)
                .with("w_in", wIn);
    }

    /** The same with one field more; none where there is no value. */
    private NodeParts with(String field, Tensor value) {
        if (value == null) {
            return this;
        }
        Map<String, Tensor> more = new LinkedHashMap<>(values);
        more.put(field, value);
        return new NodeParts(kind, more, settings);
    }

    private NodeParts with(TrainingNoise noise) {
        return noise == null
                ? this
                : with("noise_mean", Tensor.scalar(noise.mean()))
                        .with("noise_deviation", Tensor.scalar(noise.deviation()));
    }

    private NodeParts with(Attention attention) {
        return attention == null
                ? this
                : with("attention.spatial", attention.spatial())
                        .with("attention.spatial_bias", Tensor.scalar(attention.spatialBias()))
                        .with("attention.squeeze", attention.squeeze())
                        .with("attention.excite", attention.excite());
    }

    private NodeParts with(String field, int... value) {
        if (value == null) {
            return this;
        }
        Map<String, int[]> more = new LinkedHashMap<>(settings);
        more.put(field, value);
        return new NodeParts(kind, values, more);
    }
}
