package io.spikelet.model;

import com.google.protobuf.ByteString;
import io.spikelet.model.wire.JoinKind;

/** Joins, residual streams, delays and attention gates as messages. */
final class JoinWire {
    private JoinWire() {}

    static io.spikelet.model.wire.Join write(Join join) {
        JoinKind kind = switch (join.kind()) {
            case ADD -> JoinKind.JOIN_KIND_ADD;
            case AND -> JoinKind.JOIN_KIND_AND;
            case AND_NOT -> JoinKind.JOIN_KIND_AND_NOT;
        };
        return io.spikelet.model.wire.Join.newBuilder().setKind(kind).build();
    }

    static io.spikelet.model.wire.CurrentAdd write(CurrentAdd stream) {
        return io.spikelet.model.wire.CurrentAdd.newBuilder()
                .setShift(stream.shift())
                .addAllDrives(DriveWire.write(stream.drives()))
                .build();
    }

    static io.spikelet.model.wire.Delay write(Delay delay) {
        var message = io.spikelet.model.wire.Delay.newBuilder();
        WireValues.each(delay.steps(), message::addSteps);
        return message.build();
    }

    static io.spikelet.model.wire.AttentionGate write(AttentionGate gate) {
        return io.spikelet.model.wire.AttentionGate.newBuilder()
                .setSpatialWeights(packed(gate.spatialWeights()))
                .setSpatialBias(gate.spatialBias())
                .setSpatialStep(gate.spatialStep())
                .setHidden(gate.hidden())
                .setSqueeze(packed(gate.squeeze()))
                .setExcite(packed(gate.excite()))
                .setChannelStep(gate.channelStep())
                .setSpatialFinerBits(gate.spatialShift() - AttentionGate.LEAST_SHIFT)
                .setChannelFinerBits(gate.channelShift() - AttentionGate.LEAST_SHIFT)
                .build();
    }

    private static ByteString packed(byte[] weights) {
        return ByteString.copyFrom(PackedWeights.pack(WeightKind.INT8, weights));
    }

    static Join read(io.spikelet.model.wire.Join message) {
        return new Join(
                switch (message.getKind()) {
                    case JOIN_KIND_ADD -> Join.Kind.ADD;
                    case JOIN_KIND_AND -> Join.Kind.AND;
                    case JOIN_KIND_AND_NOT -> Join.Kind.AND_NOT;
                    default -> throw WireValues.unknown("join kind", message.getKindValue());
                });
    }

    static CurrentAdd read(io.spikelet.model.wire.CurrentAdd message) {
        return new CurrentAdd(message.getShift(), DriveWire.read(message.getDrivesList()));
    }

    static Delay read(io.spikelet.model.wire.Delay message) {
        return new Delay(WireValues.ints(message.getStepsList()));
    }

    static AttentionGate read(io.spikelet.model.wire.AttentionGate message) {
        return new AttentionGate(
                weights(message.getSpatialWeights()),
                message.getSpatialBias(),
                message.getSpatialStep(),
                shift(message.getSpatialFinerBits()),
                message.getHidden(),
                weights(message.getSqueeze()),
                weights(message.getExcite()),
                message.getChannelStep(),
                shift(message.getChannelFinerBits()));
    }

    /** Beyond what a record allows it stays so. */
    private static int shift(int finerBits) {
        return Math.clamp((long) finerBits + AttentionGate.LEAST_SHIFT, 0, AttentionGate.MOST_SHIFT + 1);
    }

    private static byte[] weights(ByteString packed) {
        return PackedWeights.unpack(WeightKind.INT8, packed.toByteArray(), packed.size());
    }
}
