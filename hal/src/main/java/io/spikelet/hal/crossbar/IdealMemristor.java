package io.spikelet.hal.crossbar;

/** Holds what is written. */
record IdealMemristor() implements MemristorModel {
    @Override
    public double programmingSigma(double g) {
        return 0;
    }

    @Override
    public double aged(double g, double seconds, double z) {
        return g;
    }

    @Override
    public double readSigma(double g, double seconds) {
        return 0;
    }
}
