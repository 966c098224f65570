package io.spikelet.engine.gather;

/** Writes the places of set bits as list entries. */
interface Lister {
    /** One bit after the other. */
    Lister PLAIN = (words, at, bits, base, row, from) -> {
        int n = from;
        for (int k = 0; k < bits; k += Long.SIZE) {
            long word = words[at + (k >> 6)];
            while (word != 0) {
                row[n++] = base + k + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
        }
        return n;
    };

    /** Entries beyond the last that may be written to. */
    int SLACK = 8;

    /**
     * Appends {@code base + i} for each set bit i.
     *
     * @param words holds the bits from word {@code at} on
     * @param bits how many; those beyond are 0
     * @param row takes the entries from {@code from} on, and may be written to {@link #SLACK} entries beyond the last
     * @return behind the last entry
     */
    int append(long[] words, int at, int bits, int base, int[] row, int from);
}
