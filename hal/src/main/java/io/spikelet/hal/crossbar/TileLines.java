package io.spikelet.hal.crossbar;

import java.util.Arrays;

/**
 * The electrical side of a tile: from input values to the currents at its columns' ends, in µS times input.
 *
 * <p>What the lines do is worked out once after each change of the cells ({@link #solve}). Read noise is drawn once a column,
 * with the variance that its cells' noises add up to: the same distribution, at a small part of the cost. Between a cell and
 * its column's end it takes the share that its current takes.
 */
final class TileLines {
    private final CrossbarSetup setup;
    private final CellArray cells;
    private final int firstRow;
    private final int rows;
    private final int columns;
    private final int mostInput;

    /** (rows, columns) µS. */
    private final double[] effective;

    /** (rows, columns) µS², of one read. */
    private final float[] variance;

    private boolean noisy;
    private final double[] rowSum;
    private final double[] current;
    private final float[] spread;
    private double dissipated;

    TileLines(CrossbarSetup setup, CellArray cells, TileBlock block, int columns, int mostInput) {
        this.setup = setup;
        this.cells = cells;
        this.columns = columns;
        this.mostInput = mostInput;
        firstRow = block.firstRow();
        rows = block.rows();
        effective = new double[rows * columns];
        variance = new float[rows * columns];
        rowSum = new double[rows];
        current = new double[columns];
        spread = new float[columns];
    }

    /**
     * Where a cell is on the whole tile.
     *
     * @param cell of (rows, columns)
     */
    int physical(int cell) {
        return cell / columns * setup.size().columns() + cell % columns;
    }

    private double conductance(int cell, double now, double celsius) {
        return setup.memristors().warmed(cells.conductance(physical(cell), now), celsius);
    }

    /** Works out what reaches the columns' ends, of the cells as they are now. */
    void solve(double now, double celsius) {
        double[] g = new double[rows * columns];
        Arrays.setAll(g, cell -> conductance(cell, now, celsius));
        TileSize size = setup.size();
        if (size.perfectLines()) {
            System.arraycopy(g, 0, effective, 0, g.length);
        } else {
            double[] siemens = Arrays.stream(g).map(micro -> micro * 1e-6).toArray();
            double[] solved = new CrossbarCircuit(rows, columns, size.word(), size.bit(), size.driver(), size.sense())
                    .effective(siemens);
            Arrays.setAll(effective, cell -> solved[cell] * 1e6);
        }
        Arrays.fill(rowSum, 0);
        noisy = false;
        for (int cell = 0; cell < g.length; cell++) {
            rowSum[cell / columns] += effective[cell];
            setVariance(cell, g[cell], now);
        }
    }

    private void setVariance(int cell, double g, double now) {
        double sigma = cells.readSigma(physical(cell), g, now);
        double share = g == 0 ? 0 : effective[cell] / g;
        variance[cell] = (float) (sigma * sigma * share * share);
        noisy |= variance[cell] > 0;
    }

    /**
     * Gives a cell pulses, and takes it that its effective conductance changes in proportion: exact for perfect lines, and to
     * first order for others, until the next {@link #solve}.
     */
    void pulse(int row, int column, int count, double now, double celsius) {
        if (count == 0) {
            return;
        }
        int cell = row * columns + column;
        double before = conductance(cell, now, celsius);
        cells.pulse(physical(cell), count, now);
        double after = conductance(cell, now, celsius);
        double was = effective[cell];
        effective[cell] = before == 0 ? after : was * (after / before);
        rowSum[row] += effective[cell] - was;
        setVariance(cell, after, now);
    }

    /** What a DAC makes of a value. */
    int driven(int value) {
        return Math.clamp(value, 0, mostInput);
    }

    /**
     * Drives the rows and lets the columns settle.
     *
     * @param input of the layer
     * @param base where a sample's inputs begin
     * @return whether any row was driven; where none was, nothing was read
     */
    boolean read(int[] input, int base, NoiseSource noise) {
        Arrays.fill(current, 0);
        boolean any = false;
        for (int i = 0; i < rows; i++) {
            int value = driven(input[base + firstRow + i]);
            if (value != 0) {
                any = true;
                addCurrents(i, value);
                dissipated += (double) value * value * rowSum[i];
            }
        }
        if (any && noisy) {
            addNoise(input, base, noise);
        }
        return any;
    }

    private void addCurrents(int row, double value) {
        int first = row * columns;
        for (int c = 0; c < columns; c++) {
            current[c] += value * effective[first + c];
        }
    }

    private void addNoise(int[] input, int base, NoiseSource noise) {
        Arrays.fill(spread, 0);
        for (int i = 0; i < rows; i++) {
            int value = driven(input[base + firstRow + i]);
            if (value != 0) {
                addVariances(i, (float) value * value);
            }
        }
        for (int c = 0; c < columns; c++) {
            current[c] += Math.sqrt(spread[c]) * noise.normal();
        }
    }

    private void addVariances(int row, float square) {
        int first = row * columns;
        for (int c = 0; c < columns; c++) {
            spread[c] += square * variance[first + c];
        }
    }

    double current(int column) {
        return current[column];
    }

    /** One read of one column with 1 at all rows, beside all others. */
    double readAlone(int column, NoiseSource noise) {
        double sum = 0;
        double square = 0;
        for (int i = 0; i < rows; i++) {
            sum += effective[i * columns + column];
            square += variance[i * columns + column];
        }
        return square == 0 ? sum : sum + Math.sqrt(square) * noise.normal();
    }

    /** µS times input squared, summed over all reads: what their energy is proportional to. */
    double dissipated() {
        return dissipated;
    }
}
