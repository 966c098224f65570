package io.spikelet.engine.gather;

/** When unsigned bytes may be taken apart as {@code 16·high + low} and multiplied by table ({@link NibbleSwarTiles}). */
final class Nibbles {
    static final int BITS = 4;
    static final int COUNT = 1 << BITS;
    static final int MASK = COUNT - 1;

    /** Windows beyond this make tables that no cache holds. */
    private static final int MOST_ROWS = 64;

    /** Sums of one nibble stay below this, and what the other one carries over still fits 16 bits. */
    private static final long MOST = (1 << 15) - (1 << 11) - 2;

    private Nibbles() {}

    /** Whether the table is small and every sum, and a sum less its threshold, fits its 16 bits. */
    static boolean serve(WeightRows rows, Source source) {
        if (source.signed()
                || source.maximum() >= COUNT * COUNT
                || rows.window().rows() > MOST_ROWS) {
            return false;
        }
        for (int o = 0; o < rows.outputs(); o++) {
            // The span of sums is that of the weights times the maximum; a threshold lies within it, or one above
            // (FiringSums).
            long span = rows.highest()[o] - rows.lowest()[o];
            if (span * COUNT > MOST * source.maximum()) {
                return false;
            }
        }
        return true;
    }
}
