package io.spikelet.hal.crossbar;

import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import java.util.Arrays;

/**
 * One array: a block of a layer's weights and its converters. Columns lie as {@code outputs (each with its slices, plus beside
 * minus), reference, spares, canary}. A converter takes the difference of two columns.
 */
final class Tile {
    final int firstRow;
    final int rows;
    final int firstOutput;
    final int outputs;
    final int columns;
    final int converters;
    final CodeDigits digits;
    final CellArray cells;
    final TileLines lines;

    /** (converters) columns; spares take the place of others. */
    final int[] plus;

    final int[] minus;

    private final WeightMapping mapping;
    private final double canaryTolerance;
    private final double levelStep;
    private final int mostInput;

    /** (slices). */
    private final Adc[] adcs;

    /** (converters). */
    private final double[] gain;

    /** (converters), in levels times input. */
    private final double[] offset;

    private final NoiseSource canaryNoise;
    private double canaryCurrent;
    private long conversions;

    /** @param cells of the whole physical tile; a smaller block leaves those to the right and below alone */
    Tile(CrossbarSetup setup, CodeDigits digits, TileBlock block, int mostInput, CellArray cells, long noiseSeed) {
        this.digits = digits;
        this.mostInput = mostInput;
        this.cells = cells;
        mapping = setup.mapping();
        canaryTolerance = setup.canary();
        levelStep = setup.levelStep(digits);
        firstRow = block.firstRow();
        rows = block.rows();
        firstOutput = block.firstOutput();
        outputs = block.outputs();
        converters = outputs * digits.slices();
        columns = outputs * mapping.columnsPerOutput()
                + mapping.referenceColumns()
                + setup.size().spares()
                + 1;
        lines = new TileLines(setup, cells, block, columns, mostInput);
        plus = new int[converters];
        minus = new int[converters];
        boolean pair = digits.kind() == WeightMapping.Kind.PAIR;
        Arrays.setAll(plus, q -> pair ? 2 * q : q);
        Arrays.setAll(minus, q -> pair ? 2 * q + 1 : converters + q % digits.slices());
        adcs = new Adc[digits.slices()];
        Arrays.setAll(adcs, slice -> new Adc(setup.converters().adc()));
        gain = new double[converters];
        offset = new double[converters];
        canaryNoise = new NoiseSource(noiseSeed, Purpose.CANARY, block.number());
    }

    /** The first of the columns that are kept free. */
    int firstSpare() {
        return outputs * mapping.columnsPerOutput() + mapping.referenceColumns();
    }

    int canary() {
        return columns - 1;
    }

    /** Ranges that nothing can exceed without an error, gains of 1, and the canary as it is now. */
    void uncalibrated(byte[] codes, int outputsOfLayer) {
        Arrays.fill(gain, 1);
        Arrays.fill(offset, 0);
        double[] most = new double[adcs.length];
        for (int q = 0; q < converters; q++) {
            int slice = q % digits.slices();
            long sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += Math.abs(level(codes, outputsOfLayer, i, q));
            }
            most[slice] = Math.max(most[slice], (double) sum * mostInput);
        }
        for (int slice = 0; slice < adcs.length; slice++) {
            setRange(slice, most[slice]);
        }
        rememberCanary();
    }

    /** @return plus less minus, of a row's cells at a converter */
    int level(byte[] codes, int outputsOfLayer, int row, int q) {
        int code = codes[(firstRow + row) * outputsOfLayer + firstOutput + q / digits.slices()];
        int slice = q % digits.slices();
        return digits.plus(code, slice) - digits.minus(code, slice);
    }

    /** @param range in levels times input; at least 1, since a column of zeros has none */
    void setRange(int slice, double range) {
        adcs[slice].setRange(Math.max(1, range));
    }

    void setGain(int q, double factor, double added) {
        gain[q] = factor;
        offset[q] = added;
    }

    /** {@link TileLines#read}, and the converters of a tile that was. */
    boolean read(int[] input, int base, NoiseSource noise) {
        boolean any = lines.read(input, base, noise);
        conversions += any ? converters : 0;
        return any;
    }

    /** @return in levels times input, as the last {@link #read} left it before the converter */
    double analog(int q) {
        return (lines.current(plus[q]) - lines.current(minus[q])) / levelStep;
    }

    double converted(int q) {
        return adcs[q % digits.slices()].convert(analog(q));
    }

    /** One time step: adds what this tile has to say to the layer's sums, in weight LSBs. */
    void step(int[] input, double[] sums, NoiseSource noise) {
        if (!read(input, 0, noise)) {
            return;
        }
        for (int q = 0; q < converters; q++) {
            sums[firstOutput + q / digits.slices()] +=
                    digits.factor(q % digits.slices()) * (gain[q] * converted(q) + offset[q]);
        }
    }

    void rememberCanary() {
        canaryCurrent = lines.readAlone(canary(), canaryNoise);
    }

    boolean canaryHolds() {
        double moved = lines.readAlone(canary(), canaryNoise) - canaryCurrent;
        return Math.abs(moved) <= canaryTolerance * canaryCurrent;
    }

    /** One read of a weight's cells, in weight LSBs. */
    double readBack(int row, int output, double now) {
        double sum = 0;
        for (int slice = 0; slice < digits.slices(); slice++) {
            int q = output * digits.slices() + slice;
            double difference = cells.verifyRead(lines.physical(row * columns + plus[q]), now)
                    - cells.verifyRead(lines.physical(row * columns + minus[q]), now);
            sum += digits.factor(slice) * difference / levelStep;
        }
        return sum;
    }

    long conversions() {
        return conversions;
    }
}
