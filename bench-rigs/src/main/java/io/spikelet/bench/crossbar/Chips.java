package io.spikelet.bench.crossbar;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Offload;
import io.spikelet.host.data.SampleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a network loses on several chips of one kind.
 *
 * @param losses (chips) points of accuracy below the integers' own
 */
record Chips(double[] losses) {
    /** What is done to a chip before it is judged. */
    interface Treatment {
        /** @return the classifier that is judged */
        Classifier of(Offload chip, int index) throws Exception;
    }

    /**
     * Judges chips.
     *
     * @param samples that the network's clean accuracy was taken on
     * @param threads chips at a time
     */
    static Chips of(Subject subject, String setup, int count, SampleSet samples, int threads, Treatment treatment)
            throws Exception {
        List<Callable<Double>> work = new ArrayList<>();
        for (int chip = 0; chip < count; chip++) {
            int index = chip;
            work.add(() -> {
                Offload offload = Lesson.chip(subject.network(), setup, index);
                return 100 * (subject.clean() - Subject.accuracy(treatment.of(offload, index), samples));
            });
        }
        double[] losses = new double[count];
        try (ExecutorService crew = Executors.newFixedThreadPool(threads)) {
            List<Future<Double>> done = crew.invokeAll(work);
            for (int chip = 0; chip < count; chip++) {
                losses[chip] = done.get(chip).get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
        return new Chips(losses);
    }

    static Chips of(Subject subject, String setup, int count, SampleSet samples, int threads) throws Exception {
        return of(subject, setup, count, samples, threads, (chip, _) -> Classifier.load(chip));
    }

    /** Points. */
    double mean() {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }

    /** Standard deviation over chips, points. */
    double spread() {
        double mean = mean();
        double sum =
                Arrays.stream(losses).map(loss -> (loss - mean) * (loss - mean)).sum();
        return losses.length < 2 ? 0 : Math.sqrt(sum / (losses.length - 1));
    }

    /** Of the mean, points. */
    double standardError() {
        return spread() / Math.sqrt(losses.length);
    }
}
