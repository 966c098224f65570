package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.model.LearningMethod;

/**
 * What a layer's learning is given besides the layer.
 *
 * @param learningRate η of the layer
 * @param output whether the neurons that it drives are read out
 * @param constant whether the layer reads the same at every step
 * @param inputOne what stands for 1.0 in an input
 * @param sourceMaximum the declared maximum of the layer's inputs
 * @param image the layer's weights, in the image's order
 * @param noise of {@link RoundingNoise}
 */
record Setting(
        LearningMethod method,
        double learningRate,
        boolean output,
        boolean constant,
        int inputOne,
        int sourceMaximum,
        byte[] image,
        RowArithmetic rows,
        int[] noise) {}
