package io.spikelet.bench.demo;

import io.spikelet.host.data.SampleSet;

/**
 * A scanner that was remounted: every image is turned about its centre (bilinear, nothing outside) and the gain falls;
 * values are rounded and clamped to the scanner's range again. The same as in {@code zoo/adaptation_study.py}.
 *
 * @param degrees counter-clockwise is negative, with y pointing down
 * @param gain of the sensor, 1 leaves it
 */
public record SensorShift(double degrees, double gain) {

    /** Every image of the set, shifted. */
    public SampleSet apply(SampleSet set) {
        int[] shape = set.sampleShape();
        int height = shape[shape.length - 2];
        int width = shape[shape.length - 1];
        byte[] shifted = new byte[set.samples().length];
        for (int plane = 0; plane < shifted.length; plane += height * width) {
            turn(set.samples(), shifted, plane, height, width, set.fullScale());
        }
        return set.withSamples(set.name() + ", turned " + degrees + " degrees at gain " + gain, shifted);
    }

    private void turn(byte[] from, byte[] to, int plane, int height, int width, int fullScale) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double middleY = (height - 1) / 2.0;
        double middleX = (width - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sourceY = cosine * (y - middleY) - sine * (x - middleX) + middleY;
                double sourceX = sine * (y - middleY) + cosine * (x - middleX) + middleX;
                double value = bilinear(from, plane, height, width, sourceY, sourceX);
                to[plane + y * width + x] = (byte) Math.clamp((long) Math.floor(value * gain + 0.5), 0, fullScale);
            }
        }
    }

    private static double bilinear(byte[] image, int plane, int height, int width, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double sum = 0;
        for (int dy = 0; dy <= 1; dy++) {
            for (int dx = 0; dx <= 1; dx++) {
                int row = top + dy;
                int column = left + dx;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                    double weightY = dy == 0 ? 1 - (y - top) : y - top;
                    double weightX = dx == 0 ? 1 - (x - left) : x - left;
                    sum += weightY * weightX * (image[plane + row * width + column] & 0xff);
                }
            }
        }
        return sum;
    }
}
