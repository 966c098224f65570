package io.spikelet.host.report;

import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Map;

/**
 * Kinds of weights layer by layer, chosen so that the payload fits into a budget (docs/quantisation.md, Q12): from the
 * network as it was, one layer after the other gets narrower.
 *
 * @param budget bytes of payload
 * @param basis by what layers were chosen
 * @param points every step of the choice, the network as it was first, the narrowest last
 * @param chosen the first point within the budget
 */
public record MixedPlan(long budget, Basis basis, List<Point> points, int chosen) {
    public MixedPlan {
        points = List.copyOf(points);
    }

    /** By what layers are chosen. */
    public enum Basis {
        /** The accuracy that each layer alone loses on the samples, a byte. */
        MEASURED,
        /** The error of the weights, {@code ‖W − W_q‖₁ / ‖W‖₁}, a byte; no sample is asked. */
        WEIGHTS
    }

    /**
     * One network on the way.
     *
     * @param step what changed, such as {@code fc1: int4}; empty for the first
     * @param kinds of the layers that differ from the first point
     * @param bytes of payload
     * @param predictedPoints the sum of what its layers lose alone, in percentage points; NaN where that was not measured
     * @param weightError the sum of its layers' errors of weights, against the first point
     * @param measured what it loses against the first point
     */
    public record Point(
            String step,
            Map<String, WeightKind> kinds,
            long bytes,
            double predictedPoints,
            double weightError,
            PairedDifference measured) {}

    public Point choice() {
        return points.get(chosen);
    }
}
