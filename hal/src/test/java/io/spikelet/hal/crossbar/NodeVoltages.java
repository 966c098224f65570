package io.spikelet.hal.crossbar;

/**
 * The same circuit by Kirchhoff's current law at every node and Gauss's elimination, for small crossbars whose resistances
 * are all above 0: another way to the same currents, written to be read.
 */
final class NodeVoltages {
    private final CrossbarCircuit circuit;
    private final double[] volts;
    private final double[] node;

    NodeVoltages(CrossbarCircuit circuit, double[] cells, double[] volts) {
        this.circuit = circuit;
        this.volts = volts;
        int rows = circuit.rows();
        int columns = circuit.columns();
        int nodes = 2 * rows * columns;
        double[][] a = new double[nodes][nodes + 1];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                join(a, word(i, j), bit(i, j), cells[i * columns + j]);
                if (j > 0) {
                    join(a, word(i, j - 1), word(i, j), 1 / circuit.wordSegment());
                }
                if (i > 0) {
                    join(a, bit(i - 1, j), bit(i, j), 1 / circuit.bitSegment());
                }
            }
            double drive = 1 / (circuit.driver() + circuit.wordSegment());
            a[word(i, 0)][word(i, 0)] += drive;
            a[word(i, 0)][nodes] += drive * volts[i];
        }
        for (int j = 0; j < columns; j++) {
            a[bit(rows - 1, j)][bit(rows - 1, j)] += 1 / (circuit.bitSegment() + circuit.sense());
        }
        node = eliminated(a);
    }

    private int word(int i, int j) {
        return i * circuit.columns() + j;
    }

    private int bit(int i, int j) {
        return (circuit.rows() + i) * circuit.columns() + j;
    }

    private static void join(double[][] a, int p, int q, double siemens) {
        a[p][p] += siemens;
        a[q][q] += siemens;
        a[p][q] -= siemens;
        a[q][p] -= siemens;
    }

    private static double[] eliminated(double[][] a) {
        int n = a.length;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] swapped = a[k];
            a[k] = a[pivot];
            a[pivot] = swapped;
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j <= n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = a[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= a[i][j] * x[j];
            }
            x[i] = sum / a[i][i];
        }
        return x;
    }

    double[] columnCurrents() {
        double[] amperes = new double[circuit.columns()];
        for (int j = 0; j < amperes.length; j++) {
            amperes[j] = node[bit(circuit.rows() - 1, j)] / (circuit.bitSegment() + circuit.sense());
        }
        return amperes;
    }

    double[] rowCurrents() {
        double[] amperes = new double[circuit.rows()];
        for (int i = 0; i < amperes.length; i++) {
            amperes[i] = (volts[i] - node[word(i, 0)]) / (circuit.driver() + circuit.wordSegment());
        }
        return amperes;
    }
}
