package io.spikelet.engine.gather;

/** The reference twin: one output after the other, int sums (docs/equations.md, W1). */
final class PlainTiles extends Tiles {
    private static final int WIDTH = 64;

    PlainTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
    }

    private int sum(int output, RowLists lists, int from, int to, int rowBase) {
        int[] row = lists.row;
        int[] value = lists.value;
        int sum = 0;
        for (int j = from; j < to; j++) {
            int weight = rows.weight(row[j] + rowBase, output);
            sum += value == null ? weight : value[j] * weight;
        }
        return sum;
    }

    @Override
    long fireTile(int tile, RowLists lists, int from, int to, int rowBase) {
        long bits = 0;
        int end = Math.min(firstOutput[tile + 1], rows.outputs());
        for (int o = firstOutput[tile]; o < end; o++) {
            if (sum(o, lists, from, to, rowBase) >= threshold[o]) {
                bits |= 1L << o - firstOutput[tile];
            }
        }
        return bits;
    }

    @Override
    void sumTile(int tile, RowLists lists, int from, int to, int rowBase, int[] sums, int at) {
        for (int o = firstOutput[tile]; o < firstOutput[tile + 1]; o++) {
            sums[at + o - firstOutput[tile]] = sum(o, lists, from, to, rowBase);
        }
    }

    @Override
    public long weightBytes() {
        return rows.weights().length;
    }
}
