package io.spikelet.bench.rig;

import io.spikelet.host.data.SampleSet;

/**
 * What the MLPerf Tiny runner makes of scores: each sample's are divided by their sum before the greatest is taken, and a
 * simplified area under the receiver's curve is averaged over the classes, at 101 thresholds 0, 0.01 … 1.
 *
 * @param accuracy share of samples, 0..1
 * @param areaUnderCurve 0..1; NaN when a class has no sample, or all of them
 */
record RunnerScores(double accuracy, double areaUnderCurve) {
    private static final int THRESHOLDS = 101;

    static RunnerScores of(double[][] scores, SampleSet samples) {
        double[][] shares = new double[scores.length][];
        int correct = 0;
        for (int i = 0; i < scores.length; i++) {
            shares[i] = shares(scores[i]);
            correct += AccuracyPhase.greatest(shares[i]) == samples.label(i) ? 1 : 0;
        }
        double area = 0;
        for (int c = 0; c < samples.classes(); c++) {
            area += area(shares, samples, c);
        }
        return new RunnerScores((double) correct / scores.length, area / samples.classes());
    }

    /** A negative sum turns the order around; that is the runner's, and a reason to send scores of 0 and more. */
    private static double[] shares(double[] scores) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        double[] shares = new double[scores.length];
        for (int c = 0; c < scores.length; c++) {
            shares[c] = scores[c] / sum;
        }
        return shares;
    }

    private static double area(double[][] shares, SampleSet samples, int c) {
        double[] falseRate = new double[THRESHOLDS];
        double[] trueRate = new double[THRESHOLDS];
        int positives = 0;
        for (int i = 0; i < shares.length; i++) {
            positives += samples.label(i) == c ? 1 : 0;
        }
        for (int t = 0; t < THRESHOLDS; t++) {
            int truly = 0;
            int falsely = 0;
            for (int i = 0; i < shares.length; i++) {
                boolean above = shares[i][c] > t / (THRESHOLDS - 1.0);
                truly += above && samples.label(i) == c ? 1 : 0;
                falsely += above && samples.label(i) != c ? 1 : 0;
            }
            // The runner's first point is always the corner (1, 1).
            trueRate[t] = t == 0 ? 1 : (double) truly / positives;
            falseRate[t] = t == 0 ? 1 : (double) falsely / (shares.length - positives);
        }
        double area = 0;
        for (int t = 0; t + 1 < THRESHOLDS; t++) {
            area += 0.5 * (trueRate[t] + trueRate[t + 1]) * (falseRate[t] - falseRate[t + 1]);
        }
        return area;
    }
}
