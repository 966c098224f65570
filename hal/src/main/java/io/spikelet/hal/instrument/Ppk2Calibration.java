package io.spikelet.hal.instrument;

import java.util.Arrays;

/**
 * What turns the converter's counts of a Power Profiler Kit II into amperes, five ranges' coefficients as the kit tells
 * them. With counts {@code a} (0 to 65532) and the supply's volts {@code V}:
 *
 * <pre>
 * w = (a − O) · 1.8 / 163840 / R
 * A = UG · (w · (GS · w + GI) + S · V + I)
 * </pre>
 *
 * The formula and the values that stand until the kit tells others are Nordic's, as their Power Profiler publishes them
 * (pc-nrfconnect-ppk, {@code src/device/serialDevice.ts}).
 */
final class Ppk2Calibration {
    static final int RANGES = 5;

    private static final double AMPERES_OHM_PER_COUNT = 1.8 / 163840;

    private final double[] r = {1031.64, 101.65, 10.15, 0.94, 0.043};
    private final double[] gs = ones();
    private final double[] gi = ones();
    private final double[] o = new double[RANGES];
    private final double[] s = new double[RANGES];
    private final double[] i = new double[RANGES];
    private final double[] ug = ones();

    /**
     * @param metadata lines such as {@code R0: 1003.35}; a coefficient that is absent, 0 or no number stays as it is
     */
    Ppk2Calibration(String metadata) {
        for (String line : metadata.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 1) {
                set(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
    }

    private void set(String name, String text) {
        int range = name.charAt(name.length() - 1) - '0';
        double[] coefficients = switch (name.substring(0, name.length() - 1)) {
            case "R" -> r;
            case "GS" -> gs;
            case "GI" -> gi;
            case "O" -> o;
            case "S" -> s;
            case "I" -> i;
            case "UG" -> ug;
            default -> null;
        };
        if (coefficients == null || range < 0 || range >= RANGES) {
            return;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value) && value != 0) {
                coefficients[range] = value;
            }
        } catch (NumberFormatException nan) {
            // a kit that was never calibrated says -nan; Nordic's program keeps its own value then, and so do we
            return;
        }
    }

    private static double[] ones() {
        double[] ones = new double[RANGES];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * @param range 0 (the least current) to 4
     * @param counts four times what the word carries
     * @param volts of the supply
     */
    double amps(int range, int counts, double volts) {
        double w = (counts - o[range]) * (AMPERES_OHM_PER_COUNT / r[range]);
        return ug[range] * (w * (gs[range] * w + gi[range]) + (s[range] * volts + i[range]));
    }
}
