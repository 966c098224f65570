package io.spikelet.model;

import java.util.List;

/**
 * The largest absolute sums of drives, one for each group of neurons that have all parameters in common: a channel, or
 * a single neuron where anything is given for each neuron. Sums are of absolute values, so no partial sum is larger.
 */
final class DriveBounds {
    private final EdgeRanges ranges;
    private final Layer layer;
    private final List<Operation.Drive> drives;
    private final int groups;

    /**
     * @param parameters the lengths of the layer's other parameters, a row of each
     */
    DriveBounds(EdgeRanges ranges, Layer layer, List<Operation.Drive> drives, int... parameters) {
        this.ranges = ranges;
        this.layer = layer;
        this.drives = drives;
        groups = groups(parameters);
    }

    private int groups(int[] parameters) {
        int channels = layer.shape().channels();
        boolean byChannel = true;
        for (int length : parameters) {
            byChannel &= length <= channels;
        }
        for (int k = 0; k < drives.size(); k++) {
            Operation.Drive drive = drives.get(k);
            Layer source = ranges.network().layers().get(layer.inputs().get(k).source());
            byChannel &= row(drive.gain(), drive.steps()) <= channels
                    && row(drive.bias(), drive.steps()) <= channels
                    && source.shape().channels() == channels;
        }
        return byChannel ? channels : layer.shape().size();
    }

    int groups() {
        return groups;
    }

    /** Whether the sums differ from step to step. */
    boolean changes() {
        for (Operation.Drive drive : drives) {
            if (drive.steps() > 1) {
                return true;
            }
        }
        return false;
    }

    /** The value of a parameter for one group. */
    int at(int[] row, int group) {
        return row[place(row.length, group)];
    }

    private int place(int length, int group) {
        return group / (groups / length);
    }

    static int row(int[] table, int steps) {
        return table.length / steps;
    }

    /**
     * The worst sum at one step.
     *
     * @param ones (parameter) what a learner measures in, which bounds what it may make of a bias
     * @param total (groups) receives the sums
     */
    void maxima(int step, int[] ones, long[] total) {
        java.util.Arrays.fill(total, 0);
        for (int k = 0; k < drives.size(); k++) {
            Operation.Drive drive = drives.get(k);
            int source = layer.inputs().get(k).source();
            boolean learns = ranges.network().learns(source);
            Range range = ranges.from(source);
            int channels = ranges.network().layers().get(source).shape().channels();
            int gainRow = row(drive.gain(), drive.steps());
            int biasRow = row(drive.bias(), drive.steps());
            int gainStart = drive.steps() == 1 ? 0 : step * gainRow;
            int biasStart = drive.steps() == 1 ? 0 : step * biasRow;
            for (int g = 0; g < groups; g++) {
                int gain = drive.gain()[gainStart + place(gainRow, g)];
                int bias = drive.bias()[biasStart + place(biasRow, g)];
                long worstBias = learns && ones.length > 0
                        ? Bounds.learnedBiasMaximum(bias, at(ones, g))
                        : Math.abs((long) bias);
                long input = range.magnitude(range.isUniform() ? 0 : place(channels, g));
                total[g] = SaturatingLong.sum(
                        total[g], SaturatingLong.sum(SaturatingLong.product(Math.abs((long) gain), input), worstBias));
            }
        }
    }

    /** The worst sum of any group at any step. */
    long maximum(int timeSteps) {
        long[] total = new long[groups];
        long worst = 0;
        for (int t = 0; t < (changes() ? timeSteps : 1); t++) {
            maxima(t, new int[0], total);
            for (long sum : total) {
                worst = Math.max(worst, sum);
            }
        }
        return worst;
    }
}
