package io.spikelet.bench.energy;

/**
 * Mean power where the board did nothing.
 *
 * @param watts the mean
 * @param standard its standard uncertainty by what it does over time, from the means of 20 pieces (or fewer, where samples are few)
 * @param degrees of freedom of that
 * @param integral of the whole time
 */
record IdlePower(double watts, double standard, int degrees, Integral integral) {
    private static final int PIECES = 20;

    static IdlePower of(PowerRecording recording, WindowCut cut) {
        Integral all = recording.integrate(cut.fromNanos(), cut.toNanos());
        int pieces = Math.clamp(all.samples() / 2, 2, PIECES);
        double[] means = new double[pieces];
        double length = (cut.toNanos() - cut.fromNanos()) / pieces;
        for (int i = 0; i < pieces; i++) {
            double from = cut.fromNanos() + i * length;
            means[i] = recording
                    .integrate(from, Math.min(from + length, cut.toNanos()))
                    .watts();
        }
        return new IdlePower(all.watts(), Sample.deviation(means) / Math.sqrt(pieces), pieces - 1, all);
    }
}
