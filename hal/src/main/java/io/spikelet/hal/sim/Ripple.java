package io.spikelet.hal.sim;

/** A sine around 0, as a converter or a mains hum leaves. */
record Ripple(double amplitude, double hertz) implements PowerTrace {
    private static final double NANO = 1e-9;

    Ripple {
        if (!(hertz > 0)) {
            throw new IllegalArgumentException("a ripple's frequency is above 0: " + hertz);
        }
    }

    private double omega() {
        return 2 * Math.PI * hertz;
    }

    @Override
    public double watts(long nanos) {
        return amplitude * Math.sin(omega() * nanos * NANO);
    }

    @Override
    public double joulesUntil(long nanos) {
        return amplitude / omega() * (1 - Math.cos(omega() * nanos * NANO));
    }
}
