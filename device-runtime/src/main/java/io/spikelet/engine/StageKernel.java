package io.spikelet.engine;

import io.spikelet.engine.gather.Family;
import io.spikelet.engine.gather.Stage;

/**
 * A weighted layer, its neurons and the pool behind them as one kernel, at the place of the last of them. The layers
 * that it swallowed have no values of their own.
 */
final class StageKernel implements FastKernel {
    private final Packing[] packings;
    private final Stage stage;

    /** Null where only other stages read the spikes. */
    private final Activity target;

    StageKernel(Packing[] packings, Stage stage, Activity target) {
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
        stage.adopt(((StageKernel) warm).stage);
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
        stage.step(t);
        if (target != null) {
            stage.out().unpack(target.value);
            target.index();
        }
    }

    @Override
    public void reset() {
        stage.reset();
        if (target != null) {
            target.clear();
        }
    }

    @Override
    public long operations() {
        return stage.operations();
    }

    @Override
    public long spikes() {
        return stage.spikes();
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
