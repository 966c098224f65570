package io.spikelet.engine.gather;

/**
 * Adds the weight rows of active inputs for a tile of outputs at a time; one kernel with its own layout of the weights.
 * All give the same sums, bit for bit.
 */
public abstract class Tiles {
    /** Rows after which a kernel of 16-bit lanes widens where 16 bits are not proved to do: 256 · 127 < 2^15. */
    static final int ROWS_BEFORE_WIDENING = 256;

    final WeightRows rows;

    /** (tiles + 1) the first output of each tile, then the padded number of outputs. */
    final int[] firstOutput;

    /** (outputs) the lowest sum that fires, or null where sums are wanted. */
    final int[] threshold;

    Tiles(WeightRows rows, int[] firstOutput, int[] threshold) {
        this.rows = rows;
        this.firstOutput = firstOutput;
        this.threshold = threshold;
    }

    /** Outputs with the padding of the last tile: what one position takes in {@link #sum}. */
    int stride() {
        return firstOutput[firstOutput.length - 1];
    }

    /** Bytes of weights in this family's layout. */
    public abstract long weightBytes();

    /** Whether the sums can be compared within the lanes; {@link #fire} may be called only then. */
    boolean fires() {
        return threshold != null;
    }

    /** The lowest sum with which an output fires; 1 where it is padding or nothing is compared. */
    final int lowest(int output) {
        return threshold == null || output >= threshold.length ? 1 : threshold[output];
    }

    /** (stride) the same of all outputs in 16 bits; beyond, a threshold is above or below all sums that fit. */
    final short[] lowestShorts() {
        short[] lowest = new short[stride()];
        for (int o = 0; o < lowest.length; o++) {
            lowest[o] = (short) Math.clamp(lowest(o), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return lowest;
    }

    /**
     * Lists what is active as this kernel reads it.
     *
     * @param lists of the stage, for kernels that have none of their own
     */
    void list(Source source, RowLists lists, Lister lister) {
        source.list(lists, lister);
    }

    /** How many (input, output position) pairs were listed; a neuron that fires in several maps counts as often. */
    long visits(RowLists lists) {
        return lists.visits();
    }

    /** Names the loops in use, so that it can be told whether they were compiled already. */
    String loops() {
        return getClass().getSimpleName() + (fires() ? " fire " : " sum ") + firstOutput.length;
    }

    /**
     * Stateless neurons: whoever reaches its threshold fires.
     *
     * @param out cleared
     * @param firstLine output lines {@code firstLine .. endLine − 1} are computed
     */
    abstract void fire(RowLists lists, SpikeMap out, int firstLine, int endLine);

    /**
     * Sums of some lines of outputs.
     *
     * @param sums (positions, {@link #stride})
     */
    abstract void sum(RowLists lists, int[] sums, int firstLine, int endLine);

    /** Tiles of one width, the last one padded. */
    static int[] evenTiles(int outputs, int width) {
        int tiles = (outputs + width - 1) / width;
        int[] first = new int[tiles + 1];
        for (int k = 0; k <= tiles; k++) {
            first[k] = k * width;
        }
        return first;
    }
}
