package io.spikelet.engine;

import io.spikelet.engine.gather.Family;
import io.spikelet.engine.gather.SumStage;

/** A weighted layer on fast kernels whose sums a plain kernel reads. */
final class SumStageKernel implements FastKernel {
    private final Packing[] packings;
    private final SumStage stage;
    private final Activity target;

    SumStageKernel(Packing[] packings, SumStage stage, Activity target) {
        this.packings = packings;
        this.stage = stage;
        this.target = target;
    }

    @Override
    public void use(Family family) {
        stage.use(family);
    }

    @Override
    public void adopt(FastKernel warm) {
        stage.adopt(((SumStageKernel) warm).stage);
    }

    @Override
    public void change() {
        stage.change();
    }

    @Override
    public void step(int t) {
        for (Packing packing : packings) {
            packing.pack();
        }
        stage.step(t, target.value);
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return stage.operations();
    }

    @Override
    public String loops() {
        return stage.loops();
    }

    @Override
    public long weightBytes() {
        return stage.weightBytes();
    }
}
