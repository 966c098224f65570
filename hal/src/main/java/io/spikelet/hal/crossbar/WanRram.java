package io.spikelet.hal.crossbar;

/**
 * Resistive memory as measured on NeuRRAM (Wan et al., Nature 608, 2022), up to 39.26 µS. Published are the deviations 1 s, 1
 * day and 2 days after a write. Between them σ goes in a straight line over the logarithm of time; after 2 days, where
 * nothing is published, it stays. Ours is how they hang together: what σ grows by since the first second is an error of its
 * own, {@code √(σ(t)² − σ(1 s)²)}, so that a cell that was written again until it was right relaxes all the same.
 *
 * <p>1 % of read noise.
 */
record WanRram() implements MemristorModel {
    static final double MOST = 39.26;
    private static final double DAY = 86_400;
    private static final double READ = 0.01;

    /** µS, lowest power first; of G in µS. */
    private static final double[] SECOND = {1.053, 0.2374, -1.167e-2, 1.536e-4};

    /** µS, of G / 39.26 µS. */
    private static final double[] ONE_DAY = {0.701, 22.086, -50.773, 47.095, -16.458};

    private static final double[] TWO_DAYS = {0.782, 20.274, -43.507, 37.062, -11.934};

    private static double polynomial(double[] factors, double x) {
        double sum = 0;
        for (int power = factors.length - 1; power >= 0; power--) {
            sum = sum * x + factors[power];
        }
        return sum;
    }

    /** @return µS, the standard deviation some time after a single write */
    static double sigma(double g, double seconds) {
        double held = Math.clamp(g, 0, MOST);
        double atFirst = polynomial(SECOND, held);
        if (seconds <= 1) {
            return atFirst;
        }
        double oneDay = polynomial(ONE_DAY, held / MOST);
        if (seconds <= DAY) {
            return atFirst + (oneDay - atFirst) * StrictMath.log(seconds) / StrictMath.log(DAY);
        }
        double further = Math.min(1, StrictMath.log(seconds / DAY) / StrictMath.log(2));
        return oneDay + (polynomial(TWO_DAYS, held / MOST) - oneDay) * further;
    }

    @Override
    public double programmingSigma(double g) {
        return sigma(g, 1);
    }

    @Override
    public double aged(double g, double seconds, double z) {
        if (seconds <= 1) {
            return g;
        }
        double atFirst = sigma(g, 1);
        double now = sigma(g, seconds);
        return Math.max(0, g + z * Math.sqrt(Math.max(0, now * now - atFirst * atFirst)));
    }

    @Override
    public double readSigma(double g, double seconds) {
        return READ * g;
    }
}
