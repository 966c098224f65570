package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.engine.rows.RowDescent;
import io.spikelet.fixedpoint.SeededRandom;
import java.nio.ByteBuffer;

/** {@code W ← W − η·∇W} of int8 weights with 16-bit shadows, stochastically rounded (equation L6). */
final class ShadowDescent implements WeightChange {
    /** Fraction bits of a step in shadow LSBs. */
    private static final int FRACTION = 15;

    /** Steps and the random bits that round them are each below 2^30. */
    private static final long MOST = 1L << 29;

    private final ShadowWeights shadow;
    private final int gradientBits;
    private RowArithmetic rows;
    private final RowDescent descent;
    private final int[] step;

    /**
     * @param width of a row
     * @param noise of {@link RoundingNoise}, for rows of this width
     */
    ShadowDescent(ShadowWeights shadow, int width, int gradientBits, RowArithmetic rows, int[] noise) {
        this.shadow = shadow;
        this.gradientBits = gradientBits;
        this.rows = rows;
        step = new int[width];
        descent = shadow.descent(step, noise);
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
        return shadow.of(weight);
    }

    @Override
    public void reset() {
        shadow.reset();
    }

    @Override
    public int stateBytes() {
        return shadow.stateBytes();
    }

    @Override
    public void save(ByteBuffer into) {
        shadow.save(into);
    }

    @Override
    public boolean restore(ByteBuffer from) {
        return shadow.restore(from);
    }
}
