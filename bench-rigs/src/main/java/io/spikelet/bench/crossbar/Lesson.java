package io.spikelet.bench.crossbar;

import io.spikelet.bench.scratch.ScratchNetwork;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.Offload;
import io.spikelet.hal.crossbar.Crossbar;
import io.spikelet.hal.crossbar.CrossbarPresets;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.learn.Learner;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Learns the networks: 784-256-10, integers only, one pass over the training images in the same order for every T, so that
 * they differ in their time steps alone.
 *
 * @param train what is learned
 * @param hidden neurons
 * @param seed of weights and rounding
 */
record Lesson(SampleSet train, int hidden, long seed) {
    private static final float RATE = 0.05f;
    private static final int HALVING = 2000;

    private static final int SAMPLES_A_STAGE = 4000;

    /** By how much steps are smaller where a learned network goes on learning. */
    private static final int ADAPTING = 4;

    /** Samples after which a noise-aware lesson writes its crossbars anew. */
    private static final int SAMPLES_A_CHIP = 1000;

    /** @param leak of the hidden neurons, Q1.15 */
    SpikingNetwork untrained(int leak, int steps) {
        LearningRule rule = new LearningRule(ScratchNetwork.LEARNING, RATE / steps, 1, HALVING);
        int[] extent = train.sampleShape();
        return ScratchNetwork.leaking(
                leak,
                new Shape(1, extent[extent.length - 2], extent[extent.length - 1]),
                train.fullScale(),
                hidden,
                train.classes(),
                steps,
                rule,
                seed);
    }

    SpikingNetwork learned(int leak, int steps, Progress progress) throws Exception {
        Learner learner = Learner.load(Classifier.load(untrained(leak, steps), Kernels.fastest()), seed);
        learn(learner, steps, progress, _ -> {});
        return learner.learnedNetwork();
    }

    /**
     * A network on its way.
     *
     * @param heldOut accuracy on the samples that nobody learns
     */
    private record Stage(SpikingNetwork network, double heldOut) {}

    /**
     * Networks that are equally good: of each T, the stage of its lesson that is nearest on held-out samples to what the weakest T reaches
     * at best, so that none begins with a lead.
     *
     * @param heldOut samples that nobody learns
     */
    List<SpikingNetwork> equallyGood(int leak, List<Integer> steps, SampleSet heldOut) throws Exception {
        List<List<Stage>> courses = new ArrayList<>();
        for (int t : steps) {
            Learner learner = Learner.load(Classifier.load(untrained(leak, t), Kernels.fastest()), seed);
            List<Stage> stages = new ArrayList<>();
            learn(learner, t, (_, _) -> {}, index -> {
                if (index > 0 && index % SAMPLES_A_STAGE == 0) {
                    stages.add(stage(learner, heldOut));
                }
            });
            stages.add(stage(learner, heldOut));
            courses.add(stages);
        }
        double target = courses.stream()
                .mapToDouble(stages ->
                        stages.stream().mapToDouble(Stage::heldOut).max().orElseThrow())
                .min()
                .orElseThrow();
        return courses.stream()
                .map(stages -> stages.stream()
                        .min(Comparator.comparingDouble(stage -> Math.abs(stage.heldOut() - target)))
                        .orElseThrow()
                        .network())
                .toList();
    }

    private static Stage stage(Learner learner, SampleSet heldOut) throws Exception {
        SpikingNetwork network = learner.learnedNetwork();
        return new Stage(network, Subject.accuracy(Classifier.load(network, Kernels.fastest()), heldOut));
    }

    /** What is done before a sample. */
    private interface Before {
        void sample(int index) throws Exception;
    }

    private void learn(Learner learner, int steps, Progress progress, Before before) throws Exception {
        Inference into = Inference.forNetwork(untrained(0, steps));
        byte[] sample = new byte[train.sampleBytes()];
        for (int i = 0; i < train.count(); i++) {
            before.sample(i);
            train.read(i, sample, 0);
            learner.learn(sample, 0, train.label(i), into);
            progress.at(i + 1, train.count());
        }
    }

    /**
     * The same lesson taken through crossbars whose reads are noisy, so that no weight can rely on another's exact value. None of them
     * is a chip that is judged; between two writings pulses carry what was learned.
     *
     * @param setup of the crossbars
     */
    SpikingNetwork noiseAware(int leak, int steps, String setup, Progress progress) throws Exception {
        SpikingNetwork network = untrained(leak, steps);
        Offload offload = chip(network, setup + ",headroom=2", -1);
        Classifier classifier = Classifier.load(offload);
        Learner learner = Learner.load(classifier, seed);
        Engine engine = classifier.engine();
        learn(learner, steps, progress, index -> {
            if (index % SAMPLES_A_CHIP == 0) {
                offload.program(engine);
            } else {
                offload.learn(engine);
            }
        });
        return learner.learnedNetwork();
    }

    /** A learned network that goes on learning, with smaller steps than it began with. */
    static SpikingNetwork learningOn(SpikingNetwork learned) {
        float rate = RATE / ADAPTING / learned.timeSteps();
        return learned.withLearning(Optional.of(new LearningRule(ScratchNetwork.LEARNING, rate, 1, HALVING)));
    }

    /**
     * Adapts a programmed chip: it learns from the first training samples, through its own currents and by its own pulses.
     *
     * @return the classifier that runs on the chip
     */
    Classifier adapted(Offload chip, int samples) throws Exception {
        Classifier classifier = Classifier.load(chip);
        Learner learner = Learner.load(classifier, seed);
        Inference into = Inference.forNetwork(classifier.network());
        byte[] sample = new byte[train.sampleBytes()];
        for (int i = 0; i < samples; i++) {
            train.read(i, sample, 0);
            learner.learn(sample, 0, train.label(i), into);
            chip.learn(classifier.engine());
        }
        return classifier;
    }

    /** Programmed crossbars of one chip, one for each layer. */
    static Offload chip(SpikingNetwork network, String setup, int chip) throws Exception {
        List<Crossbar> devices = new ArrayList<>();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            devices.add(new Crossbar(
                    "layer" + layer,
                    CrossbarPresets.parse(setup + ",seed=" + (1000 + chip) + ",noise-seed=" + (2000 + chip))));
        }
        Offload offload = Offload.plan(network, devices, Offload.Policy.STOP);
        offload.readConstantInputsEachStep(true);
        offload.program();
        return offload;
    }
}
