package io.spikelet.bench.energy;

import java.util.Arrays;

/**
 * Running energy at the ends of small bins, each of as many samples; when the store is full, neighbours become one. So
 * memory is bounded, a border within a bin is unsure by no more than the bin, and bins are single samples until a million.
 */
final class EnergyBins {
    private final int most;

    private int size;
    private int perBin = 1;
    private int open; // samples in the last bin
    private long[] end = new long[1024]; // (bins) ns, time of the last sample
    private double[] energy = new double[1024]; // (bins) J from the first sample to the end
    private double[] pairs = new double[1024]; // (bins) J², squared differences of neighbours so far
    private float[] last = new float[1024]; // (bins) W of the last sample
    private float[] least = new float[1024]; // (bins) W
    private float[] largest = new float[1024]; // (bins) W
    private float[] lowVolts = new float[1024]; // (bins)
    private float[] volts = new float[1024]; // (bins) of the last sample
    private float[] highAmps = new float[1024]; // (bins)

    /** @param most bins at a time, even */
    EnergyBins(int most) {
        this.most = most;
    }

    /** A sample, and the sums up to it. */
    void add(long nanos, double watts, double sampleVolts, double sampleAmps, double joules, double pairSum) {
        if (size == 0 || open == perBin) {
            if (size == most) {
                halve();
            }
            open = 0;
            openBin();
        }
        int i = size - 1;
        open++;
        end[i] = nanos;
        energy[i] = joules;
        pairs[i] = pairSum;
        last[i] = (float) watts;
        least[i] = Math.min(least[i], (float) watts);
        largest[i] = Math.max(largest[i], (float) watts);
        volts[i] = (float) sampleVolts;
        lowVolts[i] = smaller(lowVolts[i], (float) sampleVolts);
        highAmps[i] = -smaller(-highAmps[i], (float) -sampleAmps);
    }

    private void openBin() {
        if (size == end.length) {
            int longer = Math.min(most, 2 * size);
            end = Arrays.copyOf(end, longer);
            energy = Arrays.copyOf(energy, longer);
            pairs = Arrays.copyOf(pairs, longer);
            last = Arrays.copyOf(last, longer);
            least = Arrays.copyOf(least, longer);
            largest = Arrays.copyOf(largest, longer);
            lowVolts = Arrays.copyOf(lowVolts, longer);
            volts = Arrays.copyOf(volts, longer);
            highAmps = Arrays.copyOf(highAmps, longer);
        }
        least[size] = Float.POSITIVE_INFINITY;
        largest[size] = Float.NEGATIVE_INFINITY;
        lowVolts[size] = Float.NaN;
        highAmps[size] = Float.NaN;
        size++;
    }

    private void halve() {
        for (int i = 0; i < size / 2; i++) {
            int one = 2 * i;
            int two = one + 1;
            end[i] = end[two];
            energy[i] = energy[two];
            pairs[i] = pairs[two];
            last[i] = last[two];
            least[i] = Math.min(least[one], least[two]);
            largest[i] = Math.max(largest[one], largest[two]);
            volts[i] = volts[two];
            lowVolts[i] = smaller(lowVolts[one], lowVolts[two]);
            highAmps[i] = -smaller(-highAmps[one], -highAmps[two]);
        }
        size /= 2;
        perBin *= 2;
        open = perBin;
    }

    /** The smaller of two, or the one that is a number. */
    private static float smaller(float one, float other) {
        return Float.isNaN(one) || other < one ? other : one;
    }

    int size() {
        return size;
    }

    int perBin() {
        return perBin;
    }

    /** The bin that a time lies in: the first that ends at it or later; {@link #size} behind the last. */
    int find(double nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end[middle] < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long end(int bin) {
        return end[bin];
    }

    double energy(int bin) {
        return energy[bin];
    }

    double pairs(int bin) {
        return pairs[bin];
    }

    double lastWatts(int bin) {
        return last[bin];
    }

    double leastWatts(int bin) {
        return least[bin];
    }

    double mostWatts(int bin) {
        return largest[bin];
    }

    double leastVolts(int bin) {
        return lowVolts[bin];
    }

    double volts(int bin) {
        return volts[bin];
    }

    double mostAmps(int bin) {
        return highAmps[bin];
    }
}
