package io.spikelet.host.convert;

import io.spikelet.model.SpikeCalibration;
import java.util.Optional;

/**
 * Neurons that may fire several times a step (SpiCalib, arXiv 2207.02702).
 *
 * @param most spikes of one step, 1..{@value #MOST}
 * @param calibration when spikes are taken back; empty where they stay
 */
public record BurstNeurons(int most, Optional<SpikeCalibration> calibration) {
    /** The most spikes of a step that can be asked for. */
    public static final int MOST = 255;

    /** The most spikes of a step in the paper. */
    public static final int PUBLISHED_MOST = 5;

    public BurstNeurons {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("a neuron gives 1 to " + MOST + " spikes in one step, not " + most);
        }
    }

    /** Spikes that stay. */
    public BurstNeurons(int most) {
        this(most, Optional.empty());
    }

    /** Spikes that are taken back after half of the steps, as in the paper's script. */
    public static BurstNeurons calibrated(int steps) {
        return new BurstNeurons(PUBLISHED_MOST, Optional.of(new SpikeCalibration(half(steps))));
    }

    /** Half of the steps, 1 at least. */
    public static int half(int steps) {
        return Math.max(1, steps / 2);
    }

    /** As on the command line: how many a step, and how many steps of silence are allowed. */
    public String words() {
        return most + " a step"
                + calibration
                        .map(chosen -> ", taken back after " + chosen.allowance() + " steps beyond the mean interval"
                                + (chosen.rule() == SpikeCalibration.Rule.PUBLISHED ? ", published rule" : ""))
                        .orElse("");
    }
}
