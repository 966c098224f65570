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
     * Appends what {@link #append} does, for pixel after pixel.
     *
     * @param wordStep from the first word of a pixel, that of the first at {@code at}, to the first of the next
     * @param pixels how many
     * @param baseStep from one pixel's base to the next, from 0
     * @param start takes where each pixel's entries begin, from {@code startAt} on
     * @return behind the last entry
     */
    int appendPixels(
            long[] words,
            int at,
            int wordStep,
            int bits,
            int pixels,
            int baseStep,
            int[] row,
            int from,
            int[] start,
            int startAt);

    /**
     * Merges lists of columns: for each column the stretches of all lists, one list after the other.
     *
     * @param list holds all lists' entries
     * @param listStart where the columns of the lists begin: those of list k from {@code firstStart[k]} on
     * @param offset (lists) what is added to the entries of each
     * @param lists how many
     * @param start takes where each column's entries begin, from {@code startAt} on
     * @return behind the last entry
     */
    int merge(
            int[] list,
            int[] listStart,
            int[] firstStart,
            int[] offset,
            int lists,
            int columns,
            int[] row,
            int from,
            int[] start,
            int startAt);

    /** Plain Java. Entries are written four or eight at a time and counted after: a loop over so few is a coin toss. */
    enum Plain implements Lister {
        LISTER;

        private static final int AT_ONCE = 4;

        @Override
        public int append(long[] words, int at, int bits, int base, int[] row, int from) {
            int n = from;
            for (int k = 0; k < bits; k += Long.SIZE) {
                n = appendWord(words[at + (k >> 6)], base + k, row, n);
            }
            return n;
        }

        private static int appendWord(long bits, int base, int[] row, int from) {
            long word = bits;
            int n = from;
            while (word != 0) {
                row[n] = base + Long.numberOfTrailingZeros(word);
                long second = word & word - 1;
                row[n + 1] = base + Long.numberOfTrailingZeros(second);
                long third = second & second - 1;
                row[n + 2] = base + Long.numberOfTrailingZeros(third);
                long fourth = third & third - 1;
                row[n + 3] = base + Long.numberOfTrailingZeros(fourth);
                word = fourth & fourth - 1;
                n += AT_ONCE;
            }
            return from + Long.bitCount(bits);
        }

        @Override
        public int appendPixels(
                long[] words,
                int at,
                int wordStep,
                int bits,
                int pixels,
                int baseStep,
                int[] row,
                int from,
                int[] start,
                int startAt) {
            int n = from;
            for (int x = 0; x < pixels; x++) {
                start[startAt + x] = n;
                for (int k = 0; k < bits; k += Long.SIZE) {
                    n = appendWord(words[at + x * wordStep + (k >> 6)], x * baseStep + k, row, n);
                }
            }
            return n;
        }

        @Override
        public int merge(
                int[] list,
                int[] listStart,
                int[] firstStart,
                int[] offset,
                int lists,
                int columns,
                int[] row,
                int from,
                int[] start,
                int startAt) {
            int n = from;
            for (int x = 0; x < columns; x++) {
                start[startAt + x] = n;
                for (int k = 0; k < lists; k++) {
                    int first = listStart[firstStart[k] + x];
                    int end = listStart[firstStart[k] + x + 1];
                    int more = offset[k];
                    row[n] = list[first] + more;
                    row[n + 1] = list[first + 1] + more;
                    row[n + 2] = list[first + 2] + more;
                    row[n + 3] = list[first + 3] + more;
                    row[n + 4] = list[first + 4] + more;
                    row[n + 5] = list[first + 5] + more;
                    row[n + 6] = list[first + 6] + more;
                    row[n + 7] = list[first + 7] + more;
                    for (int j = first + SLACK; j < end; j++) {
                        row[n + j - first] = list[j] + more;
                    }
                    n += end - first;
                }
            }
            return n;
        }
    }
}
