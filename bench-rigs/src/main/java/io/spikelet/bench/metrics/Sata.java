package io.spikelet.bench.metrics;

/** SATA's unit energies: 16-bit arithmetic and memory words, pJ. The script states no unit; its paper's figures fit pJ. */
final class Sata {
    static final double MULTIPLY = 0.239;
    static final double ACCUMULATE = 0.0389;
    static final double ADD = 0.00967;
    static final double AND = 0.000794;
    static final double COMPARE = 0.00309;
    static final double MUX = 0.00172;
    static final double REGISTER = 0.0301;
    static final double SHIFT = 0.00605;
    static final double DRAM = 55.58;
    static final double SRAM = 1.95;
    static final double SCRATCH = 0.2779;

    /** A multiply and an accumulate of a conventional network: the unit that results are told in. */
    static final double MAC = MULTIPLY + ACCUMULATE;

    /** Width that the energies are for; forward terms scale with a network's own. */
    static final double BITS = 16;

    private Sata() {}
}
