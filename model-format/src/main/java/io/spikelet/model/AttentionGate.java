package io.spikelet.model;

/**
 * The spatial-channel attention of SCTFA (Cai et al., TNNLS 2023, arXiv 2209.10837), from one source of spikes, mostly
 * the gated layer's own previous ones: {@code out[c,y,x] = A_s[y,x] · A_c[c]}, Q0.15, rounded half up.
 *
 * <pre>
 * p[y,x] = Σ_c spatialWeights[c] · s[c,y,x] + spatialBias          A_s = σ(p · spatialStep)
 * h[j]   = max(0, Σ_c squeeze[j,c] · Σ_{y,x} s[c,y,x])
 * q[c]   = Σ_j excite[c,j] · h[j]                                   A_c = σ(q · channelStep)
 * </pre>
 *
 * The logistic σ is a table of {@value #TABLE_SIZE} cells over −8..8: {@code cell = clamp((v · step + 2^(shift − 1)) >>
 * shift, −128, 127)}, one cell being 1/16; step is cells for one LSB of the sum, with {@code shift} fractional bits. σ is then
 * {@code table[cell + 128]}, Q0.15.
 *
 * @param spatialWeights (channels) int8
 * @param spatialBias in LSBs of p
 * @param spatialStep cells for one LSB of p, spatialShift fractional bits
 * @param spatialShift {@value #LEAST_SHIFT}..{@value #MOST_SHIFT}
 * @param hidden rows of squeeze
 * @param squeeze (hidden, channels) int8; the mean's divisor is folded into the step
 * @param excite (channels, hidden) int8
 * @param channelStep cells for one LSB of q, channelShift fractional bits
 * @param channelShift {@value #LEAST_SHIFT}..{@value #MOST_SHIFT}
 */
public record AttentionGate(
        byte[] spatialWeights,
        int spatialBias,
        int spatialStep,
        int spatialShift,
        int hidden,
        byte[] squeeze,
        byte[] excite,
        int channelStep,
        int channelShift)
        implements Operation {
    /** Cells of the logistic's table. */
    public static final int TABLE_SIZE = 256;

    /** Fractional bits of a step. */
    public static final int LEAST_SHIFT = 16;

    /** With more, half a cell would not fit beside the products' 62 bits. */
    public static final int MOST_SHIFT = 62;

    public AttentionGate {
        int channels = spatialWeights.length;
        Requirement.that(channels > 0 && hidden > 0, "a gate has channels and hidden units");
        Requirement.that(
                squeeze.length == (long) hidden * channels && excite.length == (long) hidden * channels,
                "squeeze and excite must be hidden x channels");
        Requirement.that(
                isShift(spatialShift) && isShift(channelShift),
                "a gate's steps have " + LEAST_SHIFT + ".." + MOST_SHIFT + " fractional bits");
    }

    /** A gate whose steps are Q16. */
    public AttentionGate(
            byte[] spatialWeights,
            int spatialBias,
            int spatialStep,
            int hidden,
            byte[] squeeze,
            byte[] excite,
            int channelStep) {
        this(spatialWeights, spatialBias, spatialStep, LEAST_SHIFT, hidden, squeeze, excite, channelStep, LEAST_SHIFT);
    }

    private static boolean isShift(int shift) {
        return shift >= LEAST_SHIFT && shift <= MOST_SHIFT;
    }
}
