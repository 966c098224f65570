package io.spikelet.host.report;

import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.util.Optional;

/**
 * The figures of one layer.
 *
 * @param name the node's name
 * @param kind what it computes
 * @param shape the extent of its output
 * @param parameters stored numbers
 * @param bytes of these numbers in memory
 * @param weights for layers with weights
 * @param neurons for layers of neurons that give single spikes
 * @param noise of membranes, for layers that have any
 * @param activity what it did on the calibration samples
 */
public record LayerReport(
        String name,
        String kind,
        Shape shape,
        long parameters,
        long bytes,
        Optional<Weights> weights,
        Optional<Neurons> neurons,
        Optional<MembraneNoise> noise,
        LayerActivity activity) {

    /**
     * Weights.
     *
     * @param kind what they may be, which is what a stored one takes
     * @param scaleMinimum the smallest real value of one weight LSB over the output channels
     * @param scaleMaximum the largest
     * @param saturated share of weights at the kind's limits; none is clipped in int8, as each channel's scale comes
     *     from its own largest weight
     */
    public record Weights(WeightKind kind, float scaleMinimum, float scaleMaximum, double saturated) {}

    /**
     * Neurons in fixed point.
     *
     * @param threshold the smallest threshold, in membrane LSBs
     * @param thresholdError the largest relative error of a threshold
     * @param leakError the largest relative error of a time constant
     * @param gainError the largest relative error of an edge's gain
     * @param spikes against the float network
     */
    public record Neurons(
            int threshold, double thresholdError, double leakError, double gainError, SpikeAgreement spikes) {}
}
