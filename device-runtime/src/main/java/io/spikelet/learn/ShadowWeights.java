package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.engine.rows.RowDescent;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * int8 weights with 16-bit shadows of 2^−8 weight LSBs (equation L6): the weight is the shadow rounded, a second byte holds the
 * rest. What the image says is read from the image, not kept again.
 */
final class ShadowWeights {
    private static final int LIMIT = Bounds.WEIGHT_MAXIMUM << RowArithmetic.SHADOW_BITS;

    /** (rows, filters) to be changed. */
    private final byte[] weights;

    /** (rows, filters) what the rounding of a shadow weight left. */
    private final byte[] rest;

    private final ConvGeometry geometry;
    private final byte[] image;

    /**
     * @param weights (rows, filters) the engine's own, or those that wait to serve
     * @param image in the image's order
     */
    ShadowWeights(byte[] weights, ConvGeometry geometry, byte[] image) {
        this.weights = weights;
        this.geometry = geometry;
        this.image = image;
        rest = new byte[weights.length];
    }

    /**
     * What changes a row of these weights.
     *
     * @param factors (steps, filters)
     * @param noise of {@link RoundingNoise}, for rows of this width
     */
    RowDescent descent(int[] factors, int[] noise) {
        return new RowDescent(weights, rest, geometry.filters(), factors, noise, LIMIT);
    }

    /** How far a weight is from the image's, 2^−8 weight LSBs. */
    int of(int weight) {
        return (weights[weight] - image[geometry.inImage(weight)] << RowArithmetic.SHADOW_BITS) + rest[weight];
    }

    /** Back to the weights that came with the image. */
    void reset() {
        for (int at = 0; at < weights.length; at++) {
            weights[at] = image[geometry.inImage(at)];
        }
        Arrays.fill(rest, (byte) 0);
    }

    int stateBytes() {
        return weights.length * Short.BYTES;
    }

    void save(ByteBuffer into) {
        for (int i = 0; i < weights.length; i++) {
            into.putShort((short) ((weights[i] << RowArithmetic.SHADOW_BITS) + rest[i]));
        }
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the weights then */
    boolean restore(ByteBuffer from) {
        for (int i = 0; i < weights.length; i++) {
            short shadow = from.getShort();
            if (Math.abs(shadow) > LIMIT) {
                return false;
            }
            weights[i] = RowArithmetic.rounded(shadow);
            rest[i] = (byte) shadow;
        }
        return true;
    }
}
