package io.spikelet.host.quantise;

/**
 * What the rows of one layer of weights meet on calibration samples: the second moments of what a membrane still
 * remembers of their inputs, their traces. Inputs further apart than a block are taken for unrelated, so that wide layers
 * need little memory.
 *
 * <p>A convolution has a group of rows for each of its groups, and an input is one of the window's.
 */
final class InputMoments {
    private static final int BLOCK = 1024;

    private final int inputs;

    /** (groups, blocks) (width, width) sums of products; the upper triangle. */
    private final double[][][] sums;

    private final long[] count;

    /** (groups, inputs) sums of the inputs themselves, at the same places. */
    private final double[][] inputSums;

    /** @param inputs of a row */
    InputMoments(int groups, int inputs) {
        this.inputs = inputs;
        sums = new double[groups][(inputs + BLOCK - 1) / BLOCK][];
        for (double[][] blocks : sums) {
            for (int b = 0; b < blocks.length; b++) {
                blocks[b] = new double[width(b) * width(b)];
            }
        }
        count = new long[groups];
        inputSums = new double[groups][inputs];
    }

    int groups() {
        return sums.length;
    }

    int blocks() {
        return sums[0].length;
    }

    /** The first input of a block. */
    int first(int block) {
        return block * BLOCK;
    }

    /** The inputs of a block. */
    int width(int block) {
        return Math.min(BLOCK, inputs - block * BLOCK);
    }

    /** Takes what one row meets once: (inputs) what is remembered of them, this step included. */
    void add(int group, float[] trace) {
        count[group]++;
        for (int b = 0; b < blocks(); b++) {
            int first = first(b);
            int width = width(b);
            double[] into = sums[group][b];
            for (int i = 0; i < width; i++) {
                double value = trace[first + i];
                if (value != 0) {
                    for (int j = i; j < width; j++) {
                        into[i * width + j] += value * trace[first + j];
                    }
                }
            }
        }
    }

    /** Takes the inputs of this step that {@link #add} took the traces of. */
    void addInputs(int group, float[] arriving) {
        double[] into = inputSums[group];
        for (int i = 0; i < into.length; i++) {
            into[i] += arriving[i];
        }
    }

    /** (inputs) what arrives at a step, in the mean. */
    double[] means(int group) {
        double[] means = inputSums[group].clone();
        for (int i = 0; i < means.length; i++) {
            means[i] /= Math.max(1, count[group]);
        }
        return means;
    }

    /** (width, width) the mean products of a block's traces, whole and symmetric. */
    double[] products(int group, int block) {
        int width = width(block);
        double n = Math.max(1, count[group]);
        double[] products = new double[width * width];
        for (int i = 0; i < width; i++) {
            for (int j = i; j < width; j++) {
                double mean = sums[group][block][i * width + j] / n;
                products[i * width + j] = mean;
                products[j * width + i] = mean;
            }
        }
        return products;
    }
}
