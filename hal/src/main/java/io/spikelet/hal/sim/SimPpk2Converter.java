package io.spikelet.hal.sim;

/** The analogue side of a simulated Power Profiler Kit II: from amperes to the range and count that it would send. */
final class SimPpk2Converter {
    private static final double[] R = {1003.3506, 101.5865, 10.3027, 0.9636, 0.0564};
    private static final double[] GS = {2.5, 112.789, 18.0115, 2.0217, 0.5};
    private static final double[] GI = {0.999, 0.9695, 0.9609, 0.9519, 0.9582};
    private static final double[] O = {112.942, 75.3416, 64.6038, 50.4294, 87.2177};
    private static final double[] S = {4.8e-8, 5.96e-7, 5.28e-6, 6.25e-5, 1.2e-3};
    private static final double[] I = {-1.04e-7, -1.44e-6, 1.28e-6, 8.3e-5, -1.5e-4};
    private static final double[] UG = {1, 1, 1.01, 1, 0.99};
    /** Where the kit switches up, A. */
    private static final double[] MOST_AMPS = {50e-6, 500e-6, 5e-3, 60e-3};
    /** It switches down at so much of that. */
    private static final double HYSTERESIS = 0.9;

    private static final double AMPERES_OHM_PER_COUNT = 1.8 / 163840;
    private static final int ADC_MOST = 0x3fff;

    /** What the kit says when asked. */
    static final String METADATA = metadata();

    private int range;

    private static String metadata() {
        StringBuilder text = new StringBuilder("Calibrated: 0\n");
        String[] names = {"R", "GS", "GI", "O", "S", "I", "UG"};
        double[][] all = {R, GS, GI, O, S, I, UG};
        for (int name = 0; name < names.length; name++) {
            for (int at = 0; at < R.length; at++) {
                text.append(names[name])
                        .append(at)
                        .append(": ")
                        .append(all[name][at])
                        .append('\n');
            }
        }
        return text.append("VDD: 3000\nHW: 9173\nmode: 2\nIA: 56\nEND\n").toString();
    }

    int word(double amps, double volts, long sample, int inputs) {
        while (range < MOST_AMPS.length && amps > MOST_AMPS[range]) {
            range++;
        }
        while (range > 0 && amps < MOST_AMPS[range - 1] * HYSTERESIS) {
            range--;
        }
        double rest = S[range] * volts + I[range] - amps / UG[range];
        double w = (Math.sqrt(GI[range] * GI[range] - 4 * GS[range] * rest) - GI[range]) / (2 * GS[range]);
        long adc = Math.round((w * R[range] / AMPERES_OHM_PER_COUNT + O[range]) / 4);
        return Math.clamp(adc, 0, ADC_MOST) | range << 14 | (int) (sample & 63) << 18 | inputs << 24;
    }
}
