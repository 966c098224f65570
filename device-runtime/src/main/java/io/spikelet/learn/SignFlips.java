package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Binary weights without latent ones: a mean gradient each, {@code M ← β·M + (1 − β)·∇W}, and a flip where it has stood
 * against the weight, {@code w·M > γ} (equation L15). A mean that flipped its weight begins again at 0.
 */
final class SignFlips implements WeightChange {
    /** A mean gradient of 1.0 is 2^13: means reach ±4. */
    private static final int BITS = 13;

    /** Of what a mean moves by. */
    private static final int FINE_BITS = 16;

    private final byte[] weights;
    private final ConvGeometry geometry;

    /** In the image's order. */
    private final byte[] image;

    /** (rows, filters) Q3.13. */
    private final short[] mean;

    private final int width;
    private final int gradientBits;
    private final int level;

    /** 1 − β, Q1.15. */
    private final int share;

    /**
     * @param image in the image's order
     * @param level γ
     * @param decay β
     */
    SignFlips(byte[] weights, ConvGeometry geometry, byte[] image, int gradientBits, double level, double decay) {
        this.weights = weights;
        this.geometry = geometry;
        this.image = image;
        width = geometry.filters();
        this.gradientBits = gradientBits;
        this.level = (int) Math.min(Short.MAX_VALUE, StrictMath.rint(level * (1 << BITS)));
        share = Math.max(1, (int) StrictMath.rint((1 - decay) * Q15.ONE));
        mean = new short[weights.length];
    }

    @Override
    public void use(RowArithmetic loops) {
        // Flips have no loops on vectors.
    }

    @Override
    public void change(int row, int[] gradient, long[] rate, int firstFilter, SeededRandom random) {
        for (int at = row; at < row + width; at++) {
            if (gradient[at] != 0 || mean[at] != 0) {
                change(at, gradient[at], random);
            }
        }
    }

    private void change(int at, int gradient, SeededRandom random) {
        long difference = ((long) gradient << FINE_BITS - gradientBits) - ((long) mean[at] << FINE_BITS - BITS);
        long step = random.roundedShift(difference * share, Q15.BITS + FINE_BITS - BITS);
        int moved = Math.clamp(mean[at] + step, -Short.MAX_VALUE, Short.MAX_VALUE);
        if (weights[at] * moved > level) {
            weights[at] = (byte) -weights[at];
            moved = 0;
        }
        mean[at] = (short) moved;
    }

    @Override
    public int of(int weight) {
        return weights[weight] - image[geometry.inImage(weight)] << RowArithmetic.SHADOW_BITS;
    }

    @Override
    public void reset() {
        for (int at = 0; at < weights.length; at++) {
            weights[at] = image[geometry.inImage(at)];
        }
        Arrays.fill(mean, (short) 0);
    }

    @Override
    public int stateBytes() {
        return weights.length * (1 + Short.BYTES);
    }

    @Override
    public void save(ByteBuffer into) {
        into.put(weights);
        for (short gradient : mean) {
            into.putShort(gradient);
        }
    }

    @Override
    public boolean restore(ByteBuffer from) {
        from.get(weights);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = from.getShort();
            if (weights[i] != 1 && weights[i] != -1) {
                return false;
            }
        }
        return true;
    }
}
