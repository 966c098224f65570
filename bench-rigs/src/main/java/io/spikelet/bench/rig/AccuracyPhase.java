package io.spikelet.bench.rig;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.Accuracy;
import java.io.IOException;

/** Every sample once: loaded, inferred once without warm-up, its scores kept. */
final class AccuracyPhase {
    private AccuracyPhase() {}

    /**
     * Runs it.
     *
     * @throws DutException when a sample cannot be judged: scores of another number than classes, or all of them 0
     */
    static AccuracyResult run(Dut dut, SampleSet samples, Progress progress) throws IOException {
        double[][] scores = new double[samples.count()][];
        double[] micros = new double[samples.count()];
        byte[] sample = new byte[samples.sampleBytes()];
        int correct = 0;
        for (int i = 0; i < samples.count(); i++) {
            samples.read(i, sample, 0);
            dut.load(sample, 0, sample.length);
            Dut.Inference answer = dut.infer(1, 0);
            scores[i] = answer.scores();
            requireScores(dut, scores[i], samples, i);
            micros[i] = answer.timed() ? answer.micros() : Double.NaN;
            correct += greatest(scores[i]) == samples.label(i) ? 1 : 0;
            progress.at(i + 1L, samples.count());
        }
        return new AccuracyResult(
                samples.name(), new Accuracy(correct, samples.count()), RunnerScores.of(scores, samples), micros);
    }

    private static void requireScores(Dut dut, double[] scores, SampleSet samples, int sample) throws DutException {
        String where = "the device at " + dut.place() + " answered sample " + sample + " of " + samples.name();
        if (scores.length != samples.classes()) {
            throw new DutException(where + " with " + scores.length + " scores for " + samples.classes()
                    + " classes; give the data that its model was made for");
        }
        boolean allZero = true;
        for (double score : scores) {
            allZero &= score == 0;
        }
        if (allZero) {
            throw new DutException(where + " with scores that are all 0, which tell no class and stop the MLPerf Tiny"
                    + " runner; its firmware must give scores with a positive sum");
        }
    }

    /** The first of the greatest, as the runner's argmax takes it. */
    static int greatest(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
