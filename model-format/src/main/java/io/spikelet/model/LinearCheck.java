package io.spikelet.model;

/** The rules of dense and convolution layers. */
final class LinearCheck {
    private LinearCheck() {}

    static void form(CheckedLayer checked, Operation.Dense dense) throws MalformedDataException {
        Shape source = checked.onlySource().shape();
        Shape shape = checked.layer().shape();
        checked.require(
                source.size() == dense.inputs(),
                "has " + dense.inputs() + " columns but its source holds " + source.size() + " values");
        checked.require(
                shape.channels() == dense.outputs() && shape.area() == 1, "its shape is not its number of rows");
        form(checked, dense.kind(), dense.weights());
    }

    static void form(CheckedLayer checked, Operation.Conv2d conv) throws MalformedDataException {
        Shape source = checked.onlySource().shape();
        checked.require(
                source.channels() == conv.inChannels(),
                "reads " + conv.inChannels() + " channels but its source has " + source.channels());
        checked.hasShape(
                conv.outChannels(),
                NetworkCheck.extent(
                        source.height(), conv.kernelHeight(), conv.strideY(), conv.paddingY(), conv.dilationY()),
                NetworkCheck.extent(
                        source.width(), conv.kernelWidth(), conv.strideX(), conv.paddingX(), conv.dilationX()));
        form(checked, conv.kind(), conv.weights());
    }

    private static void form(CheckedLayer checked, WeightKind kind, byte[] weights) throws MalformedDataException {
        checked.declares(EdgeDomain.Kind.SIGNED);
        int meaningless = kind.firstMeaningless(weights);
        checked.require(
                meaningless < 0,
                "a weight of kind " + kind + " cannot be " + (meaningless < 0 ? 0 : weights[meaningless]));
    }

    static void bounds(CheckedLayer checked, WeightKind kind) throws MalformedDataException {
        checked.readsNoCurrents(0);
        if (kind != WeightKind.LOG2) {
            checked.readsNoTimes(0);
        }
        checked.holds("its accumulator", checked.ranges().accumulators(checked.index()));
    }
}
