package io.spikelet.model;

import com.google.protobuf.ByteString;
import io.spikelet.model.wire.Conv2d;
import io.spikelet.model.wire.Dense;

/** Dense and convolution layers as messages. */
final class LinearWire {
    private LinearWire() {}

    static Dense write(Operation.Dense dense) {
        return Dense.newBuilder()
                .setOutputs(dense.outputs())
                .setInputs(dense.inputs())
                .setKind(kind(dense.kind()))
                .setWeights(ByteString.copyFrom(PackedWeights.pack(dense.kind(), dense.weights())))
                .addAllScale(WireValues.list(dense.scale()))
                .build();
    }

    static Conv2d write(Operation.Conv2d conv) {
        return Conv2d.newBuilder()
                .setOutChannels(conv.outChannels())
                .setInChannels(conv.inChannels())
                .setKernelHeight(conv.kernelHeight())
                .setKernelWidth(conv.kernelWidth())
                .setStrideY(conv.strideY())
                .setStrideX(conv.strideX())
                .setPaddingY(conv.paddingY())
                .setPaddingX(conv.paddingX())
                .setDilationY(conv.dilationY())
                .setDilationX(conv.dilationX())
                .setGroups(conv.groups())
                .setKind(kind(conv.kind()))
                .setWeights(ByteString.copyFrom(PackedWeights.pack(conv.kind(), conv.weights())))
                .addAllScale(WireValues.list(conv.scale()))
                .build();
    }

    private static io.spikelet.model.wire.WeightKind kind(WeightKind kind) {
        return switch (kind) {
            case INT8 -> io.spikelet.model.wire.WeightKind.WEIGHT_KIND_INT8;
            case INT4 -> io.spikelet.model.wire.WeightKind.WEIGHT_KIND_INT4;
            case TERNARY -> io.spikelet.model.wire.WeightKind.WEIGHT_KIND_TERNARY;
            case BINARY -> io.spikelet.model.wire.WeightKind.WEIGHT_KIND_BINARY;
            case LOG2 -> io.spikelet.model.wire.WeightKind.WEIGHT_KIND_LOG2;
        };
    }

    static Operation.Dense read(Dense message) {
        WeightKind kind = kind(message.getKind(), message.getKindValue());
        return new Operation.Dense(
                message.getOutputs(),
                message.getInputs(),
                kind,
                PackedWeights.unpack(
                        kind, message.getWeights().toByteArray(), (double) message.getOutputs() * message.getInputs()),
                WireValues.floats(message.getScaleList()));
    }

    static Operation.Conv2d read(Conv2d message) {
        WeightKind kind = kind(message.getKind(), message.getKindValue());
        Requirement.that(message.getGroups() > 0, "groups must divide both channel counts");
        // In double: the product of hostile extents can wrap a long round to the right length.
        double count = (double) message.getOutChannels()
                * (message.getInChannels() / message.getGroups())
                * message.getKernelHeight()
                * message.getKernelWidth();
        return new Operation.Conv2d(
                message.getOutChannels(),
                message.getInChannels(),
                message.getKernelHeight(),
                message.getKernelWidth(),
                message.getStrideY(),
                message.getStrideX(),
                message.getPaddingY(),
                message.getPaddingX(),
                message.getDilationY(),
                message.getDilationX(),
                message.getGroups(),
                kind,
                PackedWeights.unpack(kind, message.getWeights().toByteArray(), count),
                WireValues.floats(message.getScaleList()));
    }

    private static WeightKind kind(io.spikelet.model.wire.WeightKind kind, int number) {
        return switch (kind) {
            case WEIGHT_KIND_INT8 -> WeightKind.INT8;
            case WEIGHT_KIND_INT4 -> WeightKind.INT4;
            case WEIGHT_KIND_TERNARY -> WeightKind.TERNARY;
            case WEIGHT_KIND_BINARY -> WeightKind.BINARY;
            case WEIGHT_KIND_LOG2 -> WeightKind.LOG2;
            default -> throw WireValues.unknown("weight kind", number);
        };
    }
}
