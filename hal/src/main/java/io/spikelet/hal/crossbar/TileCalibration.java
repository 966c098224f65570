package io.spikelet.hal.crossbar;

import java.util.Arrays;

/**
 * Learns a tile's ranges and gains from inputs like those to come. A range is the least that holds the wished share of the
 * values at its slice's converters. Gain and offset of a converter are the straight line through what it gave that comes
 * nearest, by least squares, to the integer sum of its column: errors of writing, lines, drift and warmth that a column has in
 * common go, whatever their cause.
 */
final class TileCalibration {
    private final Tile tile;
    private final CrossbarSetup setup;
    private final NoiseSource noise;

    TileCalibration(Tile tile, CrossbarSetup setup, NoiseSource noise) {
        this.tile = tile;
        this.setup = setup;
        this.noise = noise;
    }

    /** @param inputs (samples, inputs) */
    void calibrate(byte[] codes, int outputsOfLayer, int[] inputs, int samples) {
        int stride = inputs.length / samples;
        findRanges(inputs, samples, stride);
        if (setup.gains()) {
            fitGains(codes, outputsOfLayer, inputs, samples, stride);
        }
        tile.rememberCanary();
    }

    private void findRanges(int[] inputs, int samples, int stride) {
        int slices = tile.digits.slices();
        double[][] seen = new double[slices][samples * tile.outputs];
        int read = 0;
        for (int k = 0; k < samples; k++) {
            if (tile.read(inputs, k * stride, noise)) {
                for (int q = 0; q < tile.converters; q++) {
                    seen[q % slices][read * tile.outputs + q / slices] = Math.abs(tile.analog(q));
                }
                read++;
            }
        }
        if (read == 0) {
            return;
        }
        int count = read * tile.outputs;
        int within = (int) Math.ceil(setup.converters().range() * count);
        for (int slice = 0; slice < slices; slice++) {
            Arrays.sort(seen[slice], 0, count);
            tile.setRange(slice, seen[slice][within - 1]);
        }
    }

    private void fitGains(byte[] codes, int outputsOfLayer, int[] inputs, int samples, int stride) {
        int converters = tile.converters;
        int[] levels = new int[tile.rows * converters];
        for (int i = 0; i < tile.rows; i++) {
            for (int q = 0; q < converters; q++) {
                levels[i * converters + q] = tile.level(codes, outputsOfLayer, i, q);
            }
        }
        double[] x = new double[samples * converters];
        double[] y = new double[samples * converters];
        int read = 0;
        for (int k = 0; k < samples; k++) {
            if (!tile.read(inputs, k * stride, noise)) {
                continue;
            }
            for (int q = 0; q < converters; q++) {
                x[read * converters + q] = tile.converted(q);
            }
            for (int i = 0; i < tile.rows; i++) {
                int value = tile.lines.driven(inputs[k * stride + tile.firstRow + i]);
                for (int q = 0; value != 0 && q < converters; q++) {
                    y[read * converters + q] += (double) value * levels[i * converters + q];
                }
            }
            read++;
        }
        for (int q = 0; read > 0 && q < converters; q++) {
            fitLine(q, x, y, read);
        }
    }

    private void fitLine(int q, double[] x, double[] y, int read) {
        double meanX = 0;
        double meanY = 0;
        for (int k = 0; k < read; k++) {
            meanX += x[k * tile.converters + q] / read;
            meanY += y[k * tile.converters + q] / read;
        }
        double xx = 0;
        double xy = 0;
        for (int k = 0; k < read; k++) {
            double dx = x[k * tile.converters + q] - meanX;
            xx += dx * dx;
            xy += dx * (y[k * tile.converters + q] - meanY);
        }
        // A column that always gives the same says nothing of its gain.
        double gain = xx > 1e-9 * read ? xy / xx : 1;
        tile.setGain(q, gain, meanY - gain * meanX);
    }
}
