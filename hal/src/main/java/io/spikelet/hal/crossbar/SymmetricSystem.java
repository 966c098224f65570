package io.spikelet.hal.crossbar;

/** Equations with a symmetric, positive definite matrix, by Cholesky's factors; one matrix after another. */
final class SymmetricSystem {
    private final int size;

    /** (size, size) the lower triangle, then its factor. */
    private final double[][] lower;

    SymmetricSystem(int size) {
        this.size = size;
        lower = new double[size][size];
    }

    /** @param column at most the row */
    void set(int row, int column, double value) {
        lower[row][column] = value;
    }

    /** Replaces the matrix A by L, {@code A = L·Lᵀ}. */
    void factor() {
        for (int i = 0; i < size; i++) {
            double[] ofRow = lower[i];
            for (int j = 0; j < i; j++) {
                ofRow[j] = (ofRow[j] - dot(ofRow, lower[j], j)) / lower[j][j];
            }
            ofRow[i] = Math.sqrt(ofRow[i] - dot(ofRow, ofRow, i));
        }
    }

    /** Four sums, so that an addition need not wait for the one before. */
    private static double dot(double[] a, double[] b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < count; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < count; k++) {
            s0 += a[k] * b[k];
        }
        return s0 + s1 + (s2 + s3);
    }

    /**
     * Solves for many right sides at once, in place.
     *
     * @param right (size, count or more)
     */
    void solve(double[][] right, int count) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                subtract(lower[i][k], right[k], right[i], count);
            }
            divide(right[i], lower[i][i], count);
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                subtract(lower[k][i], right[k], right[i], count);
            }
            divide(right[i], lower[i][i], count);
        }
    }

    private static void subtract(double factor, double[] of, double[] from, int count) {
        if (factor == 0) {
            return;
        }
        for (int c = 0; c < count; c++) {
            from[c] -= factor * of[c];
        }
    }

    private static void divide(double[] values, double by, int count) {
        for (int c = 0; c < count; c++) {
            values[c] /= by;
        }
    }
}
