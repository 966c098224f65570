package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.engine.rows.RowDescent;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** {@code W ← W − η·∇W} of int8 weights with 16-bit shadows, stochastically rounded (equation L6). */
final class ShadowDescent implements WeightChange {
    private static final int LIMIT = Bounds.WEIGHT_MAXIMUM << RowArithmetic.SHADOW_BITS;

    /** Fraction bits of a step in shadow LSBs. */
    private static final int FRACTION = 15;

    /** Steps and the random bits that round them are each below 2^30. */
    private static final long MOST = 1L << 29;

    private final byte[] weights;
    private final byte[] rest;
    private final byte[] image;
    private final int gradientBits;
    private RowArithmetic rows;
    private final RowDescent descent;
    private final int[] step;

    /** @param noise of {@link RoundingNoise}, for rows of this width */
    ShadowDescent(byte[] weights, int width, int gradientBits, RowArithmetic rows, int[] noise) {
        this.weights = weights;
        this.gradientBits = gradientBits;
        this.rows = rows;
        rest = new byte[weights.length];
        image = weights.clone();
        step = new int[width];
        descent = new RowDescent(weights, rest, width, step, noise, LIMIT);
        descent.count = 1;
        descent.factor[0] = 1;
        descent.fraction = FRACTION;
    }

    @Override
    public void use(RowArithmetic loops) {
        rows = loops;
    }

    @Override
    public void change(int row, int[] gradient, long[] rate, int firstFilter, SeededRandom random) {
        int shift = gradientBits + StepSizes.BITS - FRACTION;
        long half = 1L << shift - 1;
        int any = 0;
        for (int f = 0; f < step.length; f++) {
            // Below 2^31 · 2^31.
            step[f] = (int) Math.clamp(gradient[row + f] * rate[firstFilter + f] + half >> shift, -MOST, MOST);
            any |= step[f];
        }
        if (any != 0) {
            int noiseFrom = (int) random.next(Integer.SIZE - Integer.numberOfLeadingZeros(RoundingNoise.OFFSETS - 1));
            rows.descend(descent, row, noiseFrom, (int) random.next(Integer.SIZE));
        }
    }

    @Override
    public int of(int weight) {
        return (weights[weight] - image[weight] << RowArithmetic.SHADOW_BITS) + rest[weight];
    }

    @Override
    public void reset() {
        System.arraycopy(image, 0, weights, 0, image.length);
        Arrays.fill(rest, (byte) 0);
    }

    @Override
    public int stateBytes() {
        return weights.length * Short.BYTES;
    }

    @Override
    public void save(ByteBuffer into) {
        for (int i = 0; i < weights.length; i++) {
            into.putShort((short) ((weights[i] << RowArithmetic.SHADOW_BITS) + rest[i]));
        }
    }

    @Override
    public boolean restore(ByteBuffer from) {
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
