package io.spikelet.hal.crossbar;

import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import java.util.Arrays;

/**
 * One array: a block of a layer's weights, its lines, its converters. Columns lie as {@code outputs (each with its slices, plus
 * beside minus), reference, spares, canary}.
 *
 * <p>What the lines do is worked out once after each change of the cells ({@link #solve}). Read noise is drawn once a column,
 * with the variance that its cells' noises add up to: the same distribution, at a small part of the cost. Between a cell and
 * its column's end it takes the share that its current takes.
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

    private final CrossbarSetup setup;
    private final CrossbarCircuit circuit;
    private final double levelStep;
    private final int mostInput;

    /** (converters) columns; spares take the place of others. */
    final int[] plus;

    final int[] minus;

    /** (rows, columns) µS. */
    private final double[] effective;

    /** (rows, columns) µS², of one read. */
    private final double[] variance;

    private final double[] rowSum;
    private final double[] current;
    private final double[] spread;

    /** (slices). */
    private final Adc[] adcs;

    /** (converters). */
    private final double[] gain;

    private final double[] offset;
    private final NoiseSource canaryNoise;
    private double canaryCurrent;

    private long conversions;
    private double dissipated;

    /** @param cells of the whole physical tile; a smaller block leaves those to the right and below alone */
    Tile(CrossbarSetup setup, CodeDigits digits, TileBlock block, int mostInput, CellArray cells, long noiseSeed) {
        this.setup = setup;
        this.digits = digits;
        this.mostInput = mostInput;
        firstRow = block.firstRow();
        rows = block.rows();
        firstOutput = block.firstOutput();
        outputs = block.outputs();
        converters = outputs * digits.slices();
        columns = canary(outputs) + 1;
        levelStep = setup.levelStep(digits);
        TileSize size = setup.size();
        circuit = new CrossbarCircuit(rows, columns, size.word(), size.bit(), size.driver(), size.sense());
        this.cells = cells;
        canaryNoise = new NoiseSource(noiseSeed, Purpose.CANARY, block.number());
        plus = new int[converters];
        minus = new int[converters];
        boolean pair = digits.kind() == WeightMapping.Kind.PAIR;
        for (int q = 0; q < converters; q++) {
            plus[q] = pair ? 2 * q : q;
            minus[q] = pair ? 2 * q + 1 : converters + q % digits.slices();
        }
        effective = new double[rows * columns];
        variance = new double[rows * columns];
        rowSum = new double[rows];
        current = new double[columns];
        spread = new double[columns];
        adcs = new Adc[digits.slices()];
        Arrays.setAll(adcs, slice -> new Adc(setup.converters().adc()));
        gain = new double[converters];
        offset = new double[converters];
    }

    /**
     * Where a cell is on the whole tile.
     *
     * @param cell of (rows, columns)
     */
    int physical(int cell) {
        return cell / columns * setup.size().columns() + cell % columns;
    }

    /** The first of the columns that are kept free. */
    int firstSpare() {
        return outputs * setup.mapping().columnsPerOutput() + setup.mapping().referenceColumns();
    }

    int canary() {
        return columns - 1;
    }

    private int canary(int outputs) {
        return outputs * setup.mapping().columnsPerOutput()
                + setup.mapping().referenceColumns()
                + setup.size().spares();
    }

    /** Works out what reaches the columns' ends, of the cells as they are now. */
    void solve(double now, double celsius) {
        double[] g = new double[rows * columns];
        for (int cell = 0; cell < g.length; cell++) {
            g[cell] = setup.memristors().warmed(cells.conductance(physical(cell), now), celsius);
        }
        if (setup.size().perfectLines()) {
            System.arraycopy(g, 0, effective, 0, g.length);
        } else {
            double[] siemens = Arrays.stream(g).map(micro -> micro * 1e-6).toArray();
            double[] solved = circuit.effective(siemens);
            for (int cell = 0; cell < g.length; cell++) {
                effective[cell] = solved[cell] * 1e6;
            }
        }
        Arrays.fill(rowSum, 0);
        for (int cell = 0; cell < g.length; cell++) {
            double sigma = cells.readSigma(physical(cell), g[cell], now);
            double share = g[cell] == 0 ? 0 : effective[cell] / g[cell];
            variance[cell] = sigma * sigma * share * share;
            rowSum[cell / columns] += effective[cell];
        }
    }

    /**
     * Gives a cell pulses, and takes it that its effective conductance changes in proportion: exact for perfect lines, and to
     * first order for others, until the next {@link #solve}.
     */
    void pulse(int row, int column, int count, double now, double celsius) {
        int cell = row * columns + column;
        int physical = physical(cell);
        double before = setup.memristors().warmed(cells.conductance(physical, now), celsius);
        cells.pulse(physical, count, now);
        double after = setup.memristors().warmed(cells.conductance(physical, now), celsius);
        double was = effective[cell];
        effective[cell] = before == 0 ? after : was * (after / before);
        rowSum[row] += effective[cell] - was;
        double sigma = cells.readSigma(physical, after, now);
        double share = after == 0 ? 0 : effective[cell] / after;
        variance[cell] = sigma * sigma * share * share;
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

    /** @return plus minus minus, of a row's cells at a converter */
    int level(byte[] codes, int outputsOfLayer, int row, int q) {
        int code = codes[(firstRow + row) * outputsOfLayer + firstOutput + q / digits.slices()];
        int slice = q % digits.slices();
        return digits.plus(code, slice) - digits.minus(code, slice);
    }

    void setRange(int slice, double range) {
        adcs[slice].setRange(Math.max(1, range));
    }

    double range(int slice) {
        return adcs[slice].range();
    }

    void setGain(int q, double factor, double added) {
        gain[q] = factor;
        offset[q] = added;
    }

    /**
     * Drives the rows and lets the columns settle. A tile without any input is not read.
     *
     * @param input of the layer; values are clamped to what the DAC gives
     * @param base where a sample's inputs begin
     * @return whether a row was driven
     */
    boolean read(int[] input, int base, NoiseSource noise) {
        Arrays.fill(current, 0);
        Arrays.fill(spread, 0);
        boolean driven = false;
        for (int i = 0; i < rows; i++) {
            int value = driven(input[base + firstRow + i]);
            if (value != 0) {
                driven = true;
                double square = (double) value * value;
                add(effective, i, value, current);
                add(variance, i, square, spread);
                dissipated += square * rowSum[i];
            }
        }
        for (int c = 0; c < columns; c++) {
            if (spread[c] > 0) {
                current[c] += Math.sqrt(spread[c]) * noise.normal();
            }
        }
        conversions += driven ? converters : 0;
        return driven;
    }

    /** What a DAC makes of a value. */
    int driven(int value) {
        return Math.clamp(value, 0, mostInput);
    }

    private void add(double[] ofCells, int row, double factor, double[] sums) {
        int first = row * columns;
        for (int c = 0; c < columns; c++) {
            sums[c] += factor * ofCells[first + c];
        }
    }

    /** @return in levels times input, as the last {@link #read} left it before the converter */
    double analog(int q) {
        return (current[plus[q]] - current[minus[q]]) / levelStep;
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
        canaryCurrent = canaryRead();
    }

    boolean canaryHolds() {
        return Math.abs(canaryRead() - canaryCurrent) <= setup.canary() * canaryCurrent;
    }

    private double canaryRead() {
        double sum = 0;
        double noise = 0;
        for (int i = 0; i < rows; i++) {
            sum += effective[i * columns + canary()];
            noise += variance[i * columns + canary()];
        }
        return noise == 0 ? sum : sum + Math.sqrt(noise) * canaryNoise.normal();
    }

    /** One read of a weight's cells, in weight LSBs. */
    double readBack(int row, int output, double now) {
        double sum = 0;
        for (int slice = 0; slice < digits.slices(); slice++) {
            int q = output * digits.slices() + slice;
            double difference =
                    cells.verifyRead(physical(row * columns + plus[q]), now)
                            - cells.verifyRead(physical(row * columns + minus[q]), now);
            sum += digits.factor(slice) * difference / levelStep;
        }
        return sum;
    }

    long conversions() {
        return conversions;
    }

    /** µS times input squared, summed over all reads: what their energy is proportional to. */
    double dissipated() {
        return dissipated;
    }
}
