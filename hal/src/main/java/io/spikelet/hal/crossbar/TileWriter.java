package io.spikelet.hal.crossbar;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Writes a tile: all columns, then spare ones in place of the worst, then what the other cell of a pair can make up for.
 */
final class TileWriter {
    private final Tile tile;
    private final CrossbarSetup setup;
    private final double now;
    private final double levelStep;
    /** (rows, columns) µS. */
    private final double[] target;

    private final boolean[] failed;
    private long written;
    private long compensated;
    private long spares;

    TileWriter(Tile tile, CrossbarSetup setup, double now) {
        this.tile = tile;
        this.setup = setup;
        this.now = now;
        levelStep = setup.levelStep(tile.digits);
        target = new double[tile.rows * tile.columns];
        failed = new boolean[tile.rows * tile.columns];
    }

    WriteReport write(byte[] codes, int outputsOfLayer) {
        long pulsesBefore = tile.cells.pulses();
        for (int q = 0; q < tile.converters; q++) {
            int slice = q % tile.digits.slices();
            for (int i = 0; i < tile.rows; i++) {
                int code = codes[(tile.firstRow + i) * outputsOfLayer + tile.firstOutput + q / tile.digits.slices()];
                target[i * tile.columns + tile.plus[q]] = microsiemens(tile.digits.plus(code, slice));
                target[i * tile.columns + tile.minus[q]] = microsiemens(tile.digits.minus(code, slice));
            }
        }
        for (int i = 0; i < tile.rows; i++) {
            target[i * tile.columns + tile.canary()] = microsiemens(i % 2 == 0 ? tile.digits.top() : 0);
        }
        for (int c = 0; c < tile.firstSpare(); c++) {
            writeColumn(c);
        }
        writeColumn(tile.canary());
        useSpares();
        if (setup.writing().remap() && tile.digits.kind() == WeightMapping.Kind.PAIR) {
            compensate();
        }
        return new WriteReport(written, failedCells(), tile.cells.pulses() - pulsesBefore, spares, compensated);
    }

    private double microsiemens(int level) {
        return setup.memristors().least() + level * levelStep;
    }

    private void writeColumn(int c) {
        for (int i = 0; i < tile.rows; i++) {
            writeCell(i * tile.columns + c);
        }
    }

    private void writeCell(int cell) {
        failed[cell] = !tile.cells.write(tile.lines.physical(cell), target[cell], now);
        written++;
    }

    /** µS², of the cells beyond the tolerance; the others are as good as any. */
    private double badness(int c) {
        double sum = 0;
        for (int i = 0; i < tile.rows; i++) {
            int cell = i * tile.columns + c;
            if (failed[cell]) {
                double off = tile.cells.verifyRead(tile.lines.physical(cell), now) - target[cell];
                sum += off * off;
            }
        }
        return sum;
    }

    private void useSpares() {
        if (setup.size().spares() == 0) {
            return;
        }
        double[] badness = new double[tile.columns];
        for (int c = 0; c < tile.firstSpare(); c++) {
            badness[c] = badness(c);
        }
        int[] worst = IntStream.range(0, tile.firstSpare())
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -badness[c]))
                .mapToInt(c -> c)
                .limit(setup.size().spares())
                .filter(c -> badness[c] > 0)
                .toArray();
        for (int k = 0; k < worst.length; k++) {
            int spare = tile.firstSpare() + k;
            for (int i = 0; i < tile.rows; i++) {
                target[i * tile.columns + spare] = target[i * tile.columns + worst[k]];
            }
            writeColumn(spare);
            if (badness(spare) < badness[worst[k]]) {
                replace(tile.plus, worst[k], spare);
                replace(tile.minus, worst[k], spare);
                spares++;
            }
        }
    }

    private static void replace(int[] columns, int old, int by) {
        for (int q = 0; q < columns.length; q++) {
            columns[q] = columns[q] == old ? by : columns[q];
        }
    }

    /** Where one cell of a pair failed, the other takes what it reads, less the weight. */
    private void compensate() {
        double least = setup.memristors().least();
        double most = setup.memristors().most();
        for (int q = 0; q < tile.converters; q++) {
            for (int i = 0; i < tile.rows; i++) {
                int plus = i * tile.columns + tile.plus[q];
                int minus = i * tile.columns + tile.minus[q];
                if (failed[plus] == failed[minus]) {
                    continue;
                }
                int bad = failed[plus] ? plus : minus;
                int other = failed[plus] ? minus : plus;
                double moved = target[other] + tile.cells.verifyRead(tile.lines.physical(bad), now) - target[bad];
                target[other] = Math.clamp(moved, least, most);
                writeCell(other);
                compensated++;
            }
        }
    }

    private long failedCells() {
        boolean[] used = new boolean[tile.columns];
        used[tile.canary()] = true;
        for (int q = 0; q < tile.converters; q++) {
            used[tile.plus[q]] = true;
            used[tile.minus[q]] = true;
        }
        return IntStream.range(0, failed.length)
                .filter(cell -> failed[cell] && used[cell % tile.columns])
                .count();
    }
}
