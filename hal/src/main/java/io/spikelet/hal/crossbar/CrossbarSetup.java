package io.spikelet.hal.crossbar;

/**
 * Everything that a simulated crossbar device is. Presets and their text: {@link CrossbarPresets}; sources: docs/crossbar.md.
 *
 * @param gains whether {@code calibrate} fits a gain and an offset to each converter, beside the ranges
 * @param canary share by which the current of a tile's canary column may move before it counts as lost
 * @param celsius °C when the device starts
 * @param seed of what is frozen into the chip: stuck cells, errors of writing, how each cell drifts and wears
 * @param noiseSeed of what is fresh with each read
 */
public record CrossbarSetup(
        Memristors memristors,
        TileSize size,
        WeightMapping mapping,
        Converters converters,
        Writing writing,
        PulseModel pulses,
        boolean gains,
        double canary,
        double celsius,
        long seed,
        long noiseSeed) {
    public CrossbarSetup {
        within("canary", canary, 0, 1);
        within("celsius", celsius, -200, 500);
        int fewest = mapping.columnsPerOutput() + mapping.referenceColumns() + size.spares() + 1;
        if (fewest > size.columns()) {
            throw new IllegalArgumentException("crossbar setup: one output takes " + fewest
                    + " columns with reference, spares and canary; columns=" + size.columns());
        }
    }

    static void within(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "crossbar setup: " + key + " must be " + plain(least) + " to " + plain(most) + ": " + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : "" + value;
    }

    /** µS between two levels of a cell. */
    double levelStep(CodeDigits digits) {
        return (memristors.most() - memristors.least()) / digits.top();
    }

    int outputsPerTile() {
        return (size.columns() - mapping.referenceColumns() - size.spares() - 1) / mapping.columnsPerOutput();
    }
}
