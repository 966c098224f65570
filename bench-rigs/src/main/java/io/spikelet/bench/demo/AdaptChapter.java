package io.spikelet.bench.demo;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LearnResult;
import io.spikelet.learn.Learner;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The sensor changes, the board learns, and a control with shuffled labels shows that the labels did it. */
final class AdaptChapter {
    static final int PASSES = 5;
    private static final long ORDER_SEED = 2;

    private final Bench bench;
    private final Steps steps;
    private final Classifier host;
    private final SampleSet teaching;
    private final SampleSet test;
    private final SampleSet shiftedTest;
    private Comparison shifted;
    private LearningRun learned;
    private LearningRun control;
    private Comparison originalAfterLearning;
    private boolean pulledEqualsTwin;
    private SpikingNetwork twinNetwork;

    /** @param host predicts with the network that the board serves, before any learning */
    AdaptChapter(Bench bench, Steps steps, Classifier host, SensorShift shift, SampleSet labelled, SampleSet test) {
        this.bench = bench;
        this.steps = steps;
        this.host = host;
        this.test = test;
        teaching = shift.apply(labelled);
        shiftedTest = shift.apply(test);
    }

    void run(SpikingNetwork network) throws Exception {
        try (BoardClient board = bench.overMqtt()) {
            steps.begin("change the sensor: " + shiftedTest.name());
            shifted = infer(board, host, shiftedTest);
            steps.tell("accuracy falls to %s", shifted.board());

            steps.begin("control: learn " + teaching.count() + " samples with shuffled labels");
            control = course(board, "shuffled labels", shuffledLabels(), Classifier.load(network));
            board.learnReset();

            steps.begin("learn the same " + teaching.count() + " samples with their true labels");
            Classifier twin = Classifier.load(network);
            learned = course(board, "true labels", teaching.labels(), twin);
            originalAfterLearning = infer(board, twin, test);

            steps.begin("pull the learned model back, sign it, run it on the host");
            byte[] payload = board.pullModel(Progress.SILENT);
            pulledEqualsTwin = Arrays.equals(payload, NetworkCodec.encode(twinNetwork));
            ModelImage image =
                    ModelImage.unsigned(payload, Version.parse("1.1.1")).sign(bench.key());
            ImageFile.write(bench.folder().resolve("digits-conv-1.1.1-learned.img"), image.bytes());
            steps.tell(
                    "%d bytes; %s",
                    image.size(),
                    pulledEqualsTwin
                            ? "bit for bit what the same learning gives on the host"
                            : "NOT what the same learning gives on the host");
        }
    }

    private static Comparison infer(BoardClient board, Classifier host, SampleSet samples) throws IOException {
        return Comparison.of(host, samples, board.infer(samples.samples(), samples.count(), samples.labels()));
    }

    /** Teaches board and host twin alike, and measures after each pass. */
    private LearningRun course(BoardClient board, String name, byte[] labels, Classifier twin) throws Exception {
        Learner learner = Learner.load(twin, Learner.BOARD_SEED);
        Inference scratch = Inference.forNetwork(twin.network());
        Random order = new Random(ORDER_SEED);
        List<Double> accuracies = new ArrayList<>(List.of(shifted.board().share()));
        List<Double> hits = new ArrayList<>();
        Comparison after = shifted;
        long at = 0;
        for (int pass = 1; pass <= PASSES; pass++) {
            int[] sequence = permutation(labels.length, order);
            byte[] shownSamples = new byte[teaching.samples().length];
            byte[] shownLabels = new byte[labels.length];
            for (int i = 0; i < sequence.length; i++) {
                System.arraycopy(
                        teaching.samples(),
                        teaching.offset(sequence[i]),
                        shownSamples,
                        teaching.offset(i),
                        teaching.sampleBytes());
                shownLabels[i] = labels[sequence[i]];
            }
            LearnResult result = board.learn(shownSamples, shownLabels, at);
            at = result.learned();
            for (int i = 0; i < shownLabels.length; i++) {
                learner.learn(shownSamples, teaching.offset(i), shownLabels[i], scratch);
            }
            after = infer(board, twin, shiftedTest);
            accuracies.add(after.board().share());
            hits.add((double) result.hits() / shownLabels.length);
            steps.tell(
                    "pass %d: %.1f %% on the shifted test scans (%.1f %% of the shown ones right before learning them)",
                    pass, 100 * after.board().share(), 100 * hits.getLast());
        }
        twinNetwork = learner.learnedNetwork();
        return new LearningRun(name, accuracies, hits, after);
    }

    private byte[] shuffledLabels() {
        int[] order = permutation(teaching.count(), new Random(ORDER_SEED + 1));
        byte[] shuffled = new byte[order.length];
        for (int i = 0; i < order.length; i++) {
            shuffled[i] = teaching.labels()[order[i]];
        }
        return shuffled;
    }

    private static int[] permutation(int length, Random random) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    SampleSet shiftedTest() {
        return shiftedTest;
    }

    Comparison shifted() {
        return shifted;
    }

    LearningRun learned() {
        return learned;
    }

    LearningRun control() {
        return control;
    }

    Comparison originalAfterLearning() {
        return originalAfterLearning;
    }

    boolean pulledEqualsTwin() {
        return pulledEqualsTwin;
    }
}
