package io.spikelet.learn;

/** What a learning layer multiplies its post factors with (equation L1). */
enum Presynaptic {
    /** Leaking traces of spikes. */
    TRACE,
    /** The network's input, which OTTT takes as it is. */
    INPUT,
    /** The same, and equal at every step: the gradient is one outer product after the last. */
    CONSTANT
}
