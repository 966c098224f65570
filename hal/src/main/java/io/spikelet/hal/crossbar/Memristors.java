package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * The cells of a crossbar.
 *
 * @param model what a conductance suffers
 * @param least µS of weight 0, and of a cell that is stuck low
 * @param most µS of the largest weight, and of a cell that is stuck high
 * @param programming factor on the model's deviation of a write
 * @param sigma σ/G of a write beside the model's, which it adds to as variances do
 * @param reading factor on the model's read noise
 * @param readSigma σ/G of a read beside the model's
 * @param drift how much of the model's change over time happens, 1 as published
 * @param activation eV, of a cell near 0 µS, for {@link #warmed}
 * @param stuckLow share of cells that stay at {@code least}
 * @param stuckHigh share of cells that stay at {@code most}
 * @param open share of cells that do not conduct
 */
public record Memristors(
        MemristorModel model,
        double least,
        double most,
        double programming,
        double sigma,
        double reading,
        double readSigma,
        double drift,
        double activation,
        double stuckLow,
        double stuckHigh,
        double open) {
    /** °C at which all numbers hold. */
    public static final double REFERENCE_CELSIUS = 25;

    private static final double KELVIN = 273.15;
    private static final double BOLTZMANN = 8.617333e-5;

    public Memristors {
        within("least", least, 0, 1e6);
        within("most", most, 0, 1e6);
        within("programming", programming, 0, 100);
        within("sigma", sigma, 0, 10);
        within("reading", reading, 0, 100);
        within("read-sigma", readSigma, 0, 10);
        within("drift", drift, 0, 100);
        within("activation", activation, 0, 2);
        within("stuck-low", stuckLow, 0, 1);
        within("stuck-high", stuckHigh, 0, 1);
        within("open", open, 0, 1);
        if (!(most > least)) {
            throw new IllegalArgumentException(
                    "crossbar setup: most must be above least: least=" + least + " most=" + most);
        }
        if (stuckLow + stuckHigh + open > 1) {
            throw new IllegalArgumentException("crossbar setup: stuck-low, stuck-high and open add up to more than 1: "
                    + stuckLow + " + " + stuckHigh + " + " + open);
        }
    }

    double writeSigma(double g) {
        double ofModel = programming == 0 ? 0 : programming * model.programmingSigma(g);
        return Math.sqrt(ofModel * ofModel + sigma * sigma * g * g);
    }

    double readNoise(double g, double seconds) {
        double ofModel = reading == 0 ? 0 : reading * model.readSigma(g, seconds);
        return Math.sqrt(ofModel * ofModel + readSigma * readSigma * g * g);
    }

    double aged(double g, double seconds, double z) {
        return drift == 0 ? g : Math.max(0, g + drift * (model.aged(g, seconds, z) - g));
    }

    /**
     * A simple model, not of one device: conduction of a weak cell is thermally activated, that of a strong one is metallic, so
     * {@code G(T) = G · exp(E(1 − G/Gmost) / k · (1/298.15 K − 1/T))}. How fast cells drift does not change.
     */
    double warmed(double g, double celsius) {
        if (celsius == REFERENCE_CELSIUS || activation == 0) {
            return g;
        }
        double energy = activation * (1 - Math.clamp(g / most, 0, 1));
        return g * StrictMath.exp(energy / BOLTZMANN * (1 / (REFERENCE_CELSIUS + KELVIN) - 1 / (celsius + KELVIN)));
    }
}
