package io.spikelet.model;

import io.spikelet.model.wire.PoolKind;

/** Pools as messages. */
final class PoolWire {
    private PoolWire() {}

    static io.spikelet.model.wire.Pool2d write(Pool2d pool) {
        return io.spikelet.model.wire.Pool2d.newBuilder()
                .setKind(kind(pool.kind()))
                .setKernelHeight(pool.kernelHeight())
                .setKernelWidth(pool.kernelWidth())
                .setStrideY(pool.strideY())
                .setStrideX(pool.strideX())
                .setPaddingY(pool.paddingY())
                .setPaddingX(pool.paddingX())
                .build();
    }

    private static PoolKind kind(Pool2d.Kind kind) {
        return switch (kind) {
            case SUM -> PoolKind.POOL_KIND_SUM;
            case AVERAGE -> PoolKind.POOL_KIND_AVERAGE;
            case MAX -> PoolKind.POOL_KIND_MAX;
            case MIN -> PoolKind.POOL_KIND_MIN;
            case LOSS_FREE -> PoolKind.POOL_KIND_LOSS_FREE;
        };
    }

    static io.spikelet.model.wire.VotePool write(VotePool pool) {
        return io.spikelet.model.wire.VotePool.newBuilder()
                .setVoters(pool.voters())
                .build();
    }

    static Pool2d read(io.spikelet.model.wire.Pool2d message) {
        return new Pool2d(
                kind(message),
                message.getKernelHeight(),
                message.getKernelWidth(),
                message.getStrideY(),
                message.getStrideX(),
                message.getPaddingY(),
                message.getPaddingX());
    }

    private static Pool2d.Kind kind(io.spikelet.model.wire.Pool2d message) {
        return switch (message.getKind()) {
            case POOL_KIND_SUM -> Pool2d.Kind.SUM;
            case POOL_KIND_AVERAGE -> Pool2d.Kind.AVERAGE;
            case POOL_KIND_MAX -> Pool2d.Kind.MAX;
            case POOL_KIND_MIN -> Pool2d.Kind.MIN;
            case POOL_KIND_LOSS_FREE -> Pool2d.Kind.LOSS_FREE;
            default -> throw WireValues.unknown("pool kind", message.getKindValue());
        };
    }

    static VotePool read(io.spikelet.model.wire.VotePool message) {
        return new VotePool(message.getVoters());
    }
}
