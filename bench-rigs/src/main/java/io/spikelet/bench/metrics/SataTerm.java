package io.spikelet.bench.metrics;

/**
 * What SATA's estimator adds up (Yin et al., IEEE TCAD 2022, arXiv 2204.05422): work of a phase, times one unit's energy in
 * 16-bit arithmetic. Figures are those of the published script's {@code energy_configs.py} and {@code mem_configs.py}.
 */
public enum SataTerm {
    /** A neuron's step: add, compare, two multiplexers, three registers, a shift. */
    LIF(Phase.FORWARD, Unit.COMPUTE, Sata.ADD + Sata.COMPARE + 2 * Sata.MUX + 3 * Sata.REGISTER + Sata.SHIFT),
    /** A connection of a spike. */
    MAC_FORWARD(Phase.FORWARD, Unit.COMPUTE, Sata.ACCUMULATE + Sata.AND),
    /** A neuron's gradient through time. */
    GRADIENT(Phase.BACKWARD, Unit.COMPUTE, Sata.MULTIPLY + 2 * Sata.ADD + Sata.MUX + 2 * Sata.SHIFT),
    /** A connection of a gradient. */
    MAC_BACKWARD(Phase.BACKWARD, Unit.COMPUTE, Sata.MAC),
    /** A connection of a spike whose weight changes. */
    MAC_UPDATE(Phase.UPDATE, Unit.COMPUTE, Sata.ACCUMULATE + Sata.AND),
    /** A presynaptic trace's step, in online learning alone: add, shift, register. */
    TRACE(Phase.UPDATE, Unit.COMPUTE, Sata.ADD + Sata.SHIFT + Sata.REGISTER),
    DRAM_FORWARD(Phase.FORWARD, Unit.DRAM, Sata.DRAM),
    BUFFER_FORWARD(Phase.FORWARD, Unit.BUFFER, Sata.SRAM),
    SCRATCH_FORWARD(Phase.FORWARD, Unit.SCRATCH, Sata.SCRATCH),
    DRAM_BACKWARD(Phase.BACKWARD, Unit.DRAM, Sata.DRAM),
    BUFFER_BACKWARD(Phase.BACKWARD, Unit.BUFFER, Sata.SRAM),
    SCRATCH_BACKWARD(Phase.BACKWARD, Unit.SCRATCH, Sata.SCRATCH),
    DRAM_UPDATE(Phase.UPDATE, Unit.DRAM, Sata.DRAM),
    BUFFER_UPDATE(Phase.UPDATE, Unit.BUFFER, Sata.SRAM),
    SCRATCH_UPDATE(Phase.UPDATE, Unit.SCRATCH, Sata.SCRATCH);

    /** When it is done. */
    public enum Phase {
        FORWARD,
        BACKWARD,
        UPDATE
    }

    /** Where it is done. */
    public enum Unit {
        COMPUTE,
        DRAM,
        BUFFER,
        SCRATCH
    }

    private final Phase phase;
    private final Unit unit;
    private final double picojoules;

    SataTerm(Phase phase, Unit unit, double picojoules) {
        this.phase = phase;
        this.unit = unit;
        this.picojoules = picojoules;
    }

    public Phase phase() {
        return phase;
    }

    public Unit unit() {
        return unit;
    }

    /** One of it, pJ at 16 bits. */
    public double picojoules() {
        return picojoules;
    }
}
