package io.spikelet.hal.crossbar;

/**
 * The lines of a crossbar of linear cells. Row i is driven at its left end through the driver and one word-line segment;
 * one segment lies between columns, the far end is open. A bit line has one segment between rows, and at its bottom one
 * more and the sense resistance to ground; its top is open. A row of 0 V is driven to 0 V, it does not float.
 *
 * <p>With linear cells the network is linear, so all its lines are one matrix: {@code I = V · Geff}, solved once when a
 * tile is programmed. The solution is exact but for rounding: rows join from the top, and what lies above is known by
 * what it looks like from the bit lines, {@code I = T·V − Y·b}. Resistances enter as they are and may be 0.
 *
 * @param rows word lines, 1 or more
 * @param columns bit lines, 1 or more
 * @param wordSegment Ω of a word-line segment
 * @param bitSegment Ω of a bit-line segment
 * @param driver Ω of a row's driver
 * @param sense Ω from a bit line's end to ground
 */
public record CrossbarCircuit(
        int rows, int columns, double wordSegment, double bitSegment, double driver, double sense) {
    public CrossbarCircuit {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a crossbar has one row and one column or more: rows=" + rows + " columns=" + columns);
        }
        for (double ohm : new double[] {wordSegment, bitSegment, driver, sense}) {
            if (!(ohm >= 0) || Double.isInfinite(ohm)) {
                throw new IllegalArgumentException("a resistance is 0 Ω or more, and finite: " + ohm);
            }
        }
    }

    /** A crossbar whose lines are perfect: its effective conductances are those of its cells. */
    public static CrossbarCircuit ideal(int rows, int columns) {
        return new CrossbarCircuit(rows, columns, 0, 0, 0, 0);
    }

    /**
     * What the column currents are made of.
     *
     * @param conductance (rows, columns) S of the cells, 0 for an open one
     * @return (rows, columns) S: the current into ground of a column for 1 V at a row and 0 V at all others
     * @throws IllegalArgumentException when a conductance is negative or not finite
     */
    public double[] effective(double[] conductance) {
        if (conductance.length != rows * columns) {
            throw new IllegalArgumentException("a crossbar of " + rows + " x " + columns
                    + " cells takes as many conductances, not " + conductance.length);
        }
        for (int cell = 0; cell < conductance.length; cell++) {
            if (!(conductance[cell] >= 0) || Double.isInfinite(conductance[cell])) {
                throw new IllegalArgumentException("the conductance of row " + cell / columns + ", column "
                        + cell % columns + " must be 0 S or more, and finite: " + conductance[cell]);
            }
        }
        double[][] admittance = new double[columns][columns];
        double[][] transfer = new double[columns][rows];
        SymmetricSystem system = new SymmetricSystem(columns);
        for (int i = 0; i < rows; i++) {
            if (i > 0) {
                passSegment(bitSegment, admittance, transfer, i, system);
            }
            addRow(conductance, i, admittance, transfer, system);
        }
        passSegment(bitSegment + sense, admittance, transfer, rows, system);
        double[] effective = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                effective[i * columns + j] = transfer[j][i];
            }
        }
        return effective;
    }

    /** Below one more segment of every bit line: {@code (1 + r·Y) I = T·V − Y·b}. */
    private void passSegment(
            double ohm, double[][] admittance, double[][] transfer, int driven, SymmetricSystem system) {
        if (ohm == 0) {
            return;
        }
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k <= j; k++) {
                system.set(j, k, ohm * admittance[j][k] + (j == k ? 1 : 0));
            }
        }
        system.factor();
        system.solve(transfer, driven);
        system.solve(admittance, columns);
    }

    /**
     * One row's cells between its word line and the bit lines: their currents are {@code S (1 + S·R·S)^-1 S (V − b)} with
     * {@code S = √G} and {@code R[j][k] = driver + segment · (min(j, k) + 1)}.
     */
    private void addRow(
            double[] conductance, int i, double[][] admittance, double[][] transfer, SymmetricSystem system) {
        double[] root = new double[columns];
        for (int j = 0; j < columns; j++) {
            root[j] = Math.sqrt(conductance[i * columns + j]);
        }
        if (driver == 0 && wordSegment == 0) {
            for (int j = 0; j < columns; j++) {
                admittance[j][j] += conductance[i * columns + j];
                transfer[j][i] = conductance[i * columns + j];
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k <= j; k++) {
                system.set(j, k, root[j] * (driver + wordSegment * (k + 1)) * root[k] + (j == k ? 1 : 0));
            }
        }
        system.factor();
        double[][] row = new double[columns][columns];
        for (int j = 0; j < columns; j++) {
            row[j][j] = root[j];
        }
        system.solve(row, columns);
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int k = 0; k < columns; k++) {
                double y = root[j] * row[j][k];
                admittance[j][k] += y;
                sum += y;
            }
            transfer[j][i] = sum;
        }
    }

    /**
     * The column currents of some row voltages.
     *
     * @param effective of {@link #effective}
     * @param volts (rows)
     * @return (columns) A
     */
    public double[] currents(double[] effective, double[] volts) {
        double[] amperes = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                amperes[j] += volts[i] * effective[i * columns + j];
            }
        }
        return amperes;
    }
}
