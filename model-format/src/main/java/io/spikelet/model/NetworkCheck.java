package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;
import java.util.List;

/**
 * Decides whether a network may run: every shape fits, every edge reads what exists, every parameter is in range, and
 * the declared bounds hold, so that no kernel needs to check anything. Run by whoever loads an image; never trusts it.
 */
public final class NetworkCheck {
    /** The most layers a network may have. */
    public static final int MAX_LAYERS = 1024;

    private final SpikingNetwork network;

    private NetworkCheck(SpikingNetwork network) {
        this.network = network;
    }

    /**
     * Checks the whole network.
     *
     * @throws MalformedDataException naming the layer and the rule that is broken
     */
    public static void verify(SpikingNetwork network) throws MalformedDataException {
        new NetworkCheck(network).verify();
    }

    private void verify() throws MalformedDataException {
        List<Layer> layers = network.layers();
        if (layers.size() < 2 || layers.size() > MAX_LAYERS) {
            throw new MalformedDataException(
                    0, "a network has 2.." + MAX_LAYERS + " layers, this one " + layers.size());
        }
        for (int i = 0; i < layers.size(); i++) {
            verifyLayer(i, layers.get(i));
        }
        Layer output = network.output();
        require(output, output.operation() instanceof Operation.Neuron, "the last layer must be a neuron layer");
        Readout readout = network.readout();
        require(
                output,
                (long) readout.classes() * readout.population()
                        == output.shape().size(),
                "the readout wants " + readout.classes() + " classes of " + readout.population()
                        + " neurons, the output has " + output.shape().size());
        if (network.learning().isPresent()) {
            verifyLearning(network.learning().get());
        }
    }

    private void verifyLayer(int index, Layer layer) throws MalformedDataException {
        require(
                layer,
                (index == 0) == (layer.operation() instanceof Operation.Input),
                "layer 0 and no other is the input");
        for (Inbound inbound : layer.inputs()) {
            boolean exists = inbound.source() < network.layers().size();
            boolean ordered = inbound.delay() == 0 ? inbound.source() < index : inbound.source() >= index;
            require(
                    layer,
                    exists && ordered,
                    "an edge from layer " + inbound.source() + " with delay " + inbound.delay()
                            + " cannot be read here");
        }
        switch (layer.operation()) {
            case Operation.Input _ -> require(layer, layer.inputs().isEmpty(), "the input has no edges into it");
            case Operation.Dense dense -> verifyDense(index, layer, dense);
            case Operation.Conv2d conv -> verifyConv(index, layer, conv);
            case Pool2d pool -> verifyPool(index, layer, pool);
            case Operation.Neuron neuron -> verifyNeuron(index, layer, neuron);
            default -> throw new MalformedDataException(0, "layer '" + layer.name() + "' is of a kind not checked");
        }
    }

    private void verifyDense(int index, Layer layer, Operation.Dense dense) throws MalformedDataException {
        Shape source = onlySource(layer);
        require(
                layer,
                source.size() == dense.inputs(),
                "has " + dense.inputs() + " columns but its source holds " + source.size() + " values");
        require(layer, layer.shape().equals(Shape.vector(dense.outputs())), "its shape is not its number of rows");
        verifyWeights(layer, dense.weights());
        verifyAccumulator(index, layer, EdgeDomain.Kind.SIGNED);
    }

    private void verifyConv(int index, Layer layer, Operation.Conv2d conv) throws MalformedDataException {
        Shape source = onlySource(layer);
        require(
                layer,
                source.channels() == conv.inChannels(),
                "reads " + conv.inChannels() + " channels but its source has " + source.channels());
        int height = extent(source.height(), conv.kernelHeight(), conv.strideY(), conv.paddingY(), conv.dilationY());
        int width = extent(source.width(), conv.kernelWidth(), conv.strideX(), conv.paddingX(), conv.dilationX());
        require(
                layer,
                layer.shape().channels() == conv.outChannels()
                        && layer.shape().height() == height
                        && layer.shape().width() == width,
                "its shape should be " + conv.outChannels() + "x" + height + "x" + width + " but is " + layer.shape());
        verifyWeights(layer, conv.weights());
        verifyAccumulator(index, layer, EdgeDomain.Kind.SIGNED);
    }

    private void verifyPool(int index, Layer layer, Pool2d pool) throws MalformedDataException {
        Shape source = onlySource(layer);
        int height = extent(source.height(), pool.kernelHeight(), pool.strideY(), pool.paddingY(), 1);
        int width = extent(source.width(), pool.kernelWidth(), pool.strideX(), pool.paddingX(), 1);
        require(
                layer,
                layer.shape().channels() == source.channels()
                        && layer.shape().height() == height
                        && layer.shape().width() == width,
                "its shape should be " + source.channels() + "x" + height + "x" + width + " but is " + layer.shape());
        EdgeDomain from = sourceLayer(layer).output();
        verifyAccumulator(
                index,
                layer,
                from.kind() == EdgeDomain.Kind.SIGNED ? EdgeDomain.Kind.SIGNED : EdgeDomain.Kind.UNSIGNED);
    }

    /** The extent of a convolution's or pool's output along one axis; 0 when the window does not fit. */
    public static int extent(int source, int kernel, int stride, int padding, int dilation) {
        long span = (long) source + 2L * padding - (long) dilation * (kernel - 1) - 1;
        return span < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, span / stride + 1);
    }

    private void verifyNeuron(int index, Layer layer, Operation.Neuron neuron) throws MalformedDataException {
        Shape shape = layer.shape();
        require(layer, layer.output().equals(EdgeDomain.SPIKE), "a neuron layer gives single spikes");
        require(layer, !layer.inputs().isEmpty(), "a neuron layer has an edge into it");
        require(
                layer,
                neuron.drives().size() == layer.inputs().size(),
                "has " + neuron.drives().size() + " drives for "
                        + layer.inputs().size() + " edges");
        if (neuron.hasSynapticCurrent()) {
            verifyLeak(layer, "synapticLeak", neuron.synapticLeak());
        }
        verifyLeak(layer, "a0", neuron.a0());
        verifyLeak(layer, "a1", neuron.a1());
        verifyFits(layer, "b0", neuron.b0().length);
        verifyFits(layer, "b1", neuron.b1().length);
        verifyFits(layer, "threshold", neuron.threshold().length);
        verifyFits(layer, "membraneUnit", neuron.membraneUnit().length);
        for (int k = 0; k < neuron.drives().size(); k++) {
            Layer source = network.layers().get(layer.inputs().get(k).source());
            require(
                    layer,
                    source.shape().size() == shape.size(),
                    "adds " + source.name() + " of shape " + source.shape() + " to its " + shape);
            verifyFits(layer, "gain", neuron.drives().get(k).gain().length);
            verifyFits(layer, "bias", neuron.drives().get(k).bias().length);
        }
        long proved = Bounds.membraneMaximum(network, index);
        require(
                layer,
                proved <= Integer.MAX_VALUE,
                "its membrane can overflow 32 bits within " + network.timeSteps() + " time steps");
        require(
                layer,
                proved <= neuron.membraneMaximum(),
                "its membrane can reach " + proved + " but the image declares " + neuron.membraneMaximum());
    }

    private void verifyLearning(LearningRule rule) throws MalformedDataException {
        boolean finite = Float.isFinite(rule.learningRate()) && Float.isFinite(rule.logitGain());
        require(
                network.output(),
                finite && rule.learningRate() > 0 && rule.logitGain() > 0,
                "the learning rate and the" + " logit gain must be positive");
        for (int index : rule.layers()) {
            boolean dense = index >= 0
                    && index < network.layers().size()
                    && network.layers().get(index).operation() instanceof Operation.Dense;
            require(network.output(), dense, "layer " + index + " is said to learn but is not dense");
        }
    }

    private void verifyAccumulator(int index, Layer layer, EdgeDomain.Kind kind) throws MalformedDataException {
        require(layer, layer.output().kind() == kind, "its output must be declared " + kind);
        long worst = 0;
        for (long maximum : Bounds.accumulatorMaxima(network, index)) {
            worst = Math.max(worst, maximum);
        }
        require(layer, worst <= Integer.MAX_VALUE, "its accumulator can overflow 32 bits");
        require(
                layer,
                worst <= layer.output().maximum(),
                "its accumulator can reach " + worst + " but the image declares "
                        + layer.output().maximum());
    }

    private void verifyWeights(Layer layer, byte[] weights) throws MalformedDataException {
        for (byte weight : weights) {
            require(layer, weight != Byte.MIN_VALUE, "weights are -127..127");
        }
    }

    private void verifyLeak(Layer layer, String name, int[] values) throws MalformedDataException {
        verifyFits(layer, name, values.length);
        for (int value : values) {
            require(layer, value >= 0 && value <= Q15.ONE, name + " is a Q1.15 factor 0..32768, not " + value);
        }
    }

    private void verifyFits(Layer layer, String name, int length) throws MalformedDataException {
        require(
                layer,
                Parameter.fits(length, layer.shape()),
                name + " holds " + length + " values, which is neither one, one a channel nor one a neuron");
    }

    private Layer sourceLayer(Layer layer) {
        return network.layers().get(layer.inputs().getFirst().source());
    }

    private Shape onlySource(Layer layer) throws MalformedDataException {
        require(layer, layer.inputs().size() == 1, "has " + layer.inputs().size() + " edges into it, not 1");
        Layer source = sourceLayer(layer);
        require(
                layer,
                !Bounds.isLinear(source.operation()),
                "reads " + source.name() + ", which gives accumulators; only a neuron layer may");
        return source.shape();
    }

    private static void require(Layer layer, boolean holds, String rule) throws MalformedDataException {
        if (!holds) {
            throw new MalformedDataException(0, "layer '" + layer.name() + "': " + rule);
        }
    }
}
