package io.spikelet.bench.workload;

/** Where the weights of a benchmark come from. */
@FunctionalInterface
interface WeightDraw {
    /** The standard deviation of {@link #gaussian}, in int8 LSBs. */
    int DEVIATION = 20;

    /** The next weight, −127..127. */
    byte draw();

    /** Rounded and clipped Gaussian weights. */
    static WeightDraw gaussian(long seed) {
        java.util.Random random = new java.util.Random(seed);
        return () -> (byte) Math.clamp(Math.round(DEVIATION * random.nextGaussian()), -127, 127);
    }

    /** Weights of −1 and +1. */
    static WeightDraw binary(long seed) {
        java.util.Random random = new java.util.Random(seed);
        return () -> (byte) (random.nextBoolean() ? 1 : -1);
    }
}
