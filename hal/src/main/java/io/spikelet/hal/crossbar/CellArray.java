package io.spikelet.hal.crossbar;

import io.spikelet.hal.crossbar.NoiseSource.Purpose;

/** The cells of one tile: what was written into each, what became of it, and how worn it is. Conductances in µS. */
final class CellArray {
    private enum Fault {
        NONE,
        LOW,
        HIGH,
        OPEN,
        WORN
    }

    private static final Fault[] FAULTS = Fault.values();

    private final Memristors memristors;
    private final Writing writing;
    private final PulseModel pulseModel;

    private final double[] written;
    /** Seconds of the device's clock. */
    private final double[] writtenAt;
    /** Standard normal, how this cell ages. */
    private final float[] drifting;

    private final byte[] fault;
    private final int[] wear;
    /** Pulses; empty where cells do not wear out. */
    private final float[] life;

    private final NoiseSource writeErrors;
    private final NoiseSource jitter;
    private final NoiseSource reads;

    private long pulses;
    private double pulsedMicrosiemens;
    private int worn;

    /**
     * @param seed of what is frozen, reads while writing among it: they decide where a cell is left
     * @param tile its number on the device, so that each has faults of its own
     */
    CellArray(int cells, CrossbarSetup setup, long seed, int tile) {
        memristors = setup.memristors();
        writing = setup.writing();
        pulseModel = setup.pulses();
        written = new double[cells];
        writtenAt = new double[cells];
        drifting = new float[cells];
        fault = new byte[cells];
        wear = new int[cells];
        life = new float[pulseModel.endurance() == 0 ? 0 : cells];
        writeErrors = new NoiseSource(seed, Purpose.WRITING, tile);
        jitter = new NoiseSource(seed, Purpose.PULSES, tile);
        reads = new NoiseSource(seed, Purpose.VERIFY, tile);
        NoiseSource faults = new NoiseSource(seed, Purpose.FAULTS, tile);
        NoiseSource drifts = new NoiseSource(seed, Purpose.DRIFT, tile);
        NoiseSource lives = new NoiseSource(seed, Purpose.ENDURANCE, tile);
        for (int cell = 0; cell < cells; cell++) {
            fault[cell] = (byte) drawnFault(faults.uniform()).ordinal();
            drifting[cell] = (float) drifts.normal();
            if (life.length > 0) {
                life[cell] = (float)
                        (pulseModel.endurance() * StrictMath.exp(pulseModel.enduranceSpread() * lives.normal()));
            }
            written[cell] = memristors.least();
        }
    }

    private Fault drawnFault(double uniform) {
        double high = memristors.stuckLow() + memristors.stuckHigh();
        return uniform < memristors.stuckLow()
                ? Fault.LOW
                : uniform < high ? Fault.HIGH : uniform < high + memristors.open() ? Fault.OPEN : Fault.NONE;
    }

    /**
     * Writes a cell until it reads right, or the pulses are used up.
     *
     * @param now seconds of the device's clock
     * @return whether it reads right at last
     */
    boolean write(int cell, double target, double now) {
        double tolerance = writing.tolerance() * (memristors.most() - memristors.least());
        for (int pulse = 0; pulse < writing.pulses(); pulse++) {
            count(cell, 1, target);
            if (fault[cell] == 0) {
                double sigma = memristors.writeSigma(target);
                written[cell] = sigma == 0 ? target : Math.max(0, target + sigma * writeErrors.normal());
                writtenAt[cell] = now;
                wearOut(cell);
            }
            if (Math.abs(verifyRead(cell, now) - target) <= tolerance) {
                return true;
            }
        }
        return false;
    }

    /** Pulses as learning gives them: up where above 0, down where below; nothing is read. */
    void pulse(int cell, int count, double now) {
        double g = conductance(cell, now);
        count(cell, Math.abs(count), g);
        if (fault[cell] != 0) {
            return;
        }
        double least = memristors.least();
        double most = memristors.most();
        double moved = pulseModel.pulsed(g, count, least, most);
        if (pulseModel.jitter() > 0) {
            moved += pulseModel.jitter() * (most - least) * Math.sqrt(Math.abs(count)) * jitter.normal();
        }
        written[cell] = Math.clamp(moved, Math.min(g, least), Math.max(g, most));
        writtenAt[cell] = now;
        wearOut(cell);
    }

    private void count(int cell, int count, double g) {
        wear[cell] += count;
        pulses += count;
        pulsedMicrosiemens += count * g;
    }

    private void wearOut(int cell) {
        if (life.length > 0 && wear[cell] >= life[cell]) {
            fault[cell] = (byte) Fault.WORN.ordinal();
            worn++;
        }
    }

    /** @return µS at 25 °C */
    double conductance(int cell, double now) {
        return switch (FAULTS[fault[cell]]) {
            case NONE -> memristors.aged(written[cell], now - writtenAt[cell], drifting[cell]);
            case LOW -> memristors.least();
            case HIGH -> memristors.most();
            case OPEN -> 0;
            case WORN -> written[cell];
        };
    }

    /** @return µS, the standard deviation of a read of {@code g} */
    double readSigma(int cell, double g, double now) {
        return memristors.readNoise(g, now - writtenAt[cell]);
    }

    /** One read of one cell alone, at 25 °C and through lines that do not matter to it. */
    double verifyRead(int cell, double now) {
        double g = conductance(cell, now);
        double sigma = readSigma(cell, g, now);
        return sigma == 0 ? g : g + sigma * reads.normal();
    }

    /** Pulses and their energy count from here; wear does not begin anew. */
    void startCounting() {
        pulses = 0;
        pulsedMicrosiemens = 0;
    }

    long pulses() {
        return pulses;
    }

    /** µS, summed over all pulses: what their energy is proportional to. */
    double pulsedMicrosiemens() {
        return pulsedMicrosiemens;
    }

    int worn() {
        return worn;
    }
}
