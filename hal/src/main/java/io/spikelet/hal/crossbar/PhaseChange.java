package io.spikelet.hal.crossbar;

/**
 * Phase-change memory of 25 µS (Joshi et al., Nature Communications 11, 2020; Nandakumar et al., 2019; the numbers of IBM's
 * analog hardware kit). With x = G / 25 µS: {@code σ = 0.26348 + 1.965x − 1.1731x²} µS when written; drift {@code G((t + 20 s) /
 * 20 s)^−ν} with ν of mean {@code clip(−0.0155 ln x + 0.0244, 0.049, 0.1)} and deviation {@code clip(−0.0125 ln x − 0.0059, 0.008,
 * 0.045)}; read noise {@code G · min(0.2, 0.0088 / max(x^0.65, 0.001)) · √ln((t + t_r) / 2t_r)}, t_r = 250 ns. A read comes a
 * second after the write at the earliest, and ν is not below 0.
 */
record PhaseChange() implements MemristorModel {
    static final double MOST = 25;
    private static final double WRITTEN = 20;
    private static final double READ = 250e-9;

    /** Below it the logarithms are at their limits anyway. */
    private static final double LEAST_SHARE = 1e-6;

    static double meanExponent(double x) {
        return Math.clamp(-0.0155 * StrictMath.log(Math.max(x, LEAST_SHARE)) + 0.0244, 0.049, 0.1);
    }

    static double exponentSigma(double x) {
        return Math.clamp(-0.0125 * StrictMath.log(Math.max(x, LEAST_SHARE)) - 0.0059, 0.008, 0.045);
    }

    @Override
    public double programmingSigma(double g) {
        double x = Math.clamp(g / MOST, 0, 1);
        return 0.26348 + 1.965 * x - 1.1731 * x * x;
    }

    @Override
    public double aged(double g, double seconds, double z) {
        if (seconds <= 0 || g <= 0) {
            return g;
        }
        double x = g / MOST;
        double exponent = Math.max(0, meanExponent(x) + z * exponentSigma(x));
        return g * StrictMath.pow((seconds + WRITTEN) / WRITTEN, -exponent);
    }

    @Override
    public double readSigma(double g, double seconds) {
        double t = Math.max(1, seconds);
        double share = Math.min(0.2, 0.0088 / Math.max(StrictMath.pow(Math.max(0, g / MOST), 0.65), 0.001));
        return g * share * Math.sqrt(StrictMath.log((t + READ) / (2 * READ)));
    }
}
