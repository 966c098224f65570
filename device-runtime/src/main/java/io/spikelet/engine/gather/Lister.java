package io.spikelet.engine.gather;

/** Writes list entries: the places of set bits, and stretches of entries again. */
interface Lister {
    /** Entries beyond the last that may be written, and read where a stretch is copied. */
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

    /**
     * Appends the entries {@code first .. end − 1} of another list, each plus {@code offset}.
     *
     * @return behind the last entry
     */
    int copy(int[] list, int first, int end, int offset, int[] row, int from);

    /** One bit, or one entry, after the other. */
    enum Plain implements Lister {
        LISTER;

        @Override
        public int append(long[] words, int at, int bits, int base, int[] row, int from) {
            int n = from;
            for (int k = 0; k < bits; k += Long.SIZE) {
                long word = words[at + (k >> 6)];
                while (word != 0) {
                    row[n++] = base + k + Long.numberOfTrailingZeros(word);
                    word &= word - 1;
                }
            }
            return n;
        }

        @Override
        public int copy(int[] list, int first, int end, int offset, int[] row, int from) {
            int n = from;
            for (int k = first; k < end; k++) {
                row[n++] = list[k] + offset;
            }
            return n;
        }
    }
}
