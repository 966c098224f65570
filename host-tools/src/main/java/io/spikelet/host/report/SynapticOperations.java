package io.spikelet.host.report;

/**
 * Operations of weighted layers, as means a sample, by the definitions of NeuroBench (Yik et al., arXiv 2304.04640): biases
 * excluded, padding excluded. A layer that reads constant input works once a sample and is counted once.
 *
 * @param dense every connection at every step, whether anything happens or not
 * @param accumulates effective ACs: values that are not 0 through weights that are not 0, in steps in which all that the
 *     layer reads is −1, 0 or 1
 * @param multiplies effective MACs: the same in steps in which it reads anything else
 * @param events as the engine counts them (docs/equations.md, N4): zero weights included
 */
public record SynapticOperations(double dense, double accumulates, double multiplies, double events) {
    public static final SynapticOperations NONE = new SynapticOperations(0, 0, 0, 0);

    public SynapticOperations plus(SynapticOperations other) {
        return new SynapticOperations(
                dense + other.dense,
                accumulates + other.accumulates,
                multiplies + other.multiplies,
                events + other.events);
    }

    public SynapticOperations dividedBy(double divisor) {
        return new SynapticOperations(dense / divisor, accumulates / divisor, multiplies / divisor, events / divisor);
    }

    /** ACs and MACs together. */
    public double effective() {
        return accumulates + multiplies;
    }
}
