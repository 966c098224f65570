package io.spikelet.host.graph;

/**
 * A Gaussian that stood, while a layer was trained in one time step, for what earlier steps leave on its membranes (Jiang and
 * Zhang, Neural Computation 2023, arXiv 2211.05453).
 *
 * @param mean in thresholds
 * @param deviation its standard deviation, in thresholds; 0 or more
 */
public record TrainingNoise(float mean, float deviation) {
    public TrainingNoise {
        if (!Float.isFinite(mean) || !(deviation >= 0) || Float.isInfinite(deviation)) {
            throw new IllegalArgumentException(
                    "noise has a mean and a deviation of 0 or more: mean=" + mean + " deviation=" + deviation);
        }
    }
}
