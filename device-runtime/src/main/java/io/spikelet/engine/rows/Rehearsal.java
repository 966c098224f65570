package io.spikelet.engine.rows;

/**
 * Calls the vector loops that only a learner uses until the JIT compiler has made machine code of them; until then each is
 * slower than plain Java by orders of magnitude. To be run off the hot path, once in a process.
 */
public final class Rehearsal {
    private static final int CALLS = 30_000;
    private static final int INPUTS = 8;

    /** More than whole vectors of any width, so that what is left of them is met too. */
    private static final int OUTPUTS = 64 + 10;

    private Rehearsal() {}

    /** @param mostNanos after which it ends, compiled or not */
    public static void run(long mostNanos) {
        RowArithmetic rows = RowArithmetic.onVectors();
        NeuronArithmetic neurons = NeuronArithmetic.onVectors();
        byte[] weights = new byte[INPUTS * OUTPUTS];
        int[] factors = new int[RowDescent.STEPS * OUTPUTS];
        int[] values = new int[OUTPUTS];
        int[] cells = new int[OUTPUTS];
        int[] table = new int[3];
        int[] into = new int[RowDescent.STEPS * OUTPUTS];
        RowDescent descent = new RowDescent(weights, new byte[weights.length], OUTPUTS, factors, new int[OUTPUTS], 1);
        long start = System.nanoTime();
        for (int call = 0; call < CALLS && System.nanoTime() - start < mostNanos; call++) {
            descent.count = 1 + call % RowDescent.STEPS;
            descent.fraction = 20;
            rows.descend(descent, call % INPUTS * OUTPUTS, 0, call);
            rows.dots(weights, call % INPUTS * OUTPUTS, factors, descent.count, OUTPUTS, into);
            rows.leak(call, values, values, 1);
            neurons.lookUp(values, values, values, values, values, values, table, cells, into, 0);
        }
    }
}
