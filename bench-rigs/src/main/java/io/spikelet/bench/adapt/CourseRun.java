package io.spikelet.bench.adapt;

import io.spikelet.adapt.ReplayMemory;
import io.spikelet.bench.scratch.ScratchNetwork;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.host.Progress;
import io.spikelet.learn.Learner;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Trains the integer network of a course from random weights by the board's own learner, then goes through the stages. */
final class CourseRun {
    private static final int FULL_SCALE = 255;

    /** Inputs are small most of the time, so that first weights must reach 2 for neurons to fire. */
    private static final ScratchNetwork.HiddenWeights FIRST_WEIGHTS = new ScratchNetwork.HiddenWeights(64, 4);

    /** A quarter of the memory stays with what came before the first stage. */
    private static final int PROTECTED = ReplayMemory.WHOLE / 4;

    private final Course course;
    private final Plan plan;

    CourseRun(Course course, Plan plan) {
        this.course = course;
        this.plan = plan;
    }

    /** Random weights, before anything was learned. */
    SpikingNetwork untrained() {
        return ScratchNetwork.of(
                Shape.vector(course.inputs()),
                FULL_SCALE,
                plan.hidden(),
                FIRST_WEIGHTS,
                course.classes(),
                plan.timeSteps(),
                rule(ScratchNetwork.LEARNING),
                plan.seed());
    }

    private LearningRule rule(List<Integer> layers) {
        return new LearningRule(layers, (float) (plan.rate() / plan.timeSteps()), 1);
    }

    /** What is deployed: trained from {@link Course#before()}. */
    SpikingNetwork trained(Lessons lessons) throws Exception {
        Learner learner = Learner.load(Classifier.load(untrained()), plan.seed());
        Inference into = Inference.forNetwork(untrained());
        Random random = new Random(plan.seed());
        for (int pass = 0; pass < plan.passesBefore(); pass++) {
            for (int vector : shuffled(course.before(), random)) {
                int label = course.label(vector);
                lessons.learned(-1, course.vectors(), course.offset(vector), label);
                learner.learn(course.vectors(), course.offset(vector), label, into);
            }
        }
        return learner.learnedNetwork();
    }

    /**
     * Every method from the same trained network.
     *
     * @param lessons told what {@link Method#ADAPTED} learns
     */
    CourseResult run(Lessons lessons, Progress progress) throws Exception {
        SpikingNetwork trained = trained(lessons);
        List<Scores> scores = new ArrayList<>();
        int methods = course.stages().isEmpty() ? 1 : Method.values().length;
        for (Method method : List.of(Method.values()).subList(0, methods)) {
            scores.add(scores(trained, method, method == Method.ADAPTED ? lessons : Lessons.UNHEARD));
            progress.at(scores.size(), methods);
        }
        return new CourseResult(course, scores);
    }

    private Scores scores(SpikingNetwork trained, Method method, Lessons lessons) throws Exception {
        boolean learns = !method.learning().isEmpty();
        SpikingNetwork network = trained.withLearning(learns ? Optional.of(rule(method.learning())) : Optional.empty());
        Classifier classifier = Classifier.load(network);
        Learner learner = learns ? Learner.load(classifier, plan.seed()) : null;
        Inference into = Inference.forNetwork(network);
        ReplayMemory memory = ReplayMemory.of(network, plan.memoryBytes(), PROTECTED, plan.seed());
        for (int vector : course.before()) {
            memory.add(course.vectors(), course.offset(vector), course.label(vector));
        }
        double before = right(classifier, course.heldOut(), into);
        double[] stages = new double[course.stages().size()];
        Random random = new Random(plan.seed());
        for (int k = 0; k < stages.length; k++) {
            Stage stage = course.stages().get(k);
            if (learner != null) {
                byte[] told = labels(stage, method == Method.SHUFFLED ? random : null);
                learn(learner, memory, k, told, random, into, lessons);
                remember(memory, stage, told);
            }
            stages[k] = right(classifier, stage.tested(), into);
        }
        return new Scores(method.label(), before, right(classifier, course.heldOut(), into), stages);
    }

    /** The labels that a stage tells, or others drawn at random. */
    private byte[] labels(Stage stage, Random drawn) {
        byte[] labels = new byte[stage.learned().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (drawn == null ? course.label(stage.learned()[i]) : drawn.nextInt(course.classes()));
        }
        return labels;
    }

    /** Each pass takes what is new in another order, and after each new vector some that are remembered. */
    private void learn(
            Learner learner, ReplayMemory memory, int k, byte[] told, Random random, Inference into, Lessons lessons)
            throws Exception {
        int[] learned = course.stages().get(k).learned();
        int[] order = new int[learned.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] drawn = new int[order.length * plan.rehearsed()];
        byte[] remembered = new byte[course.inputs()];
        SeededRandom generator = new SeededRandom(random.nextLong());
        for (int pass = 0; pass < plan.passes(); pass++) {
            memory.draw(generator, drawn);
            order = shuffled(order, random);
            for (int i = 0; i < order.length; i++) {
                int offset = course.offset(learned[order[i]]);
                lessons.learned(k, course.vectors(), offset, told[order[i]]);
                learner.learn(course.vectors(), offset, told[order[i]], into);
                for (int r = i * plan.rehearsed(); r < (i + 1) * plan.rehearsed(); r++) {
                    memory.sample(drawn[r], remembered, 0);
                    lessons.learned(k, remembered, 0, memory.label(drawn[r]));
                    learner.learn(remembered, 0, memory.label(drawn[r]), into);
                }
            }
        }
    }

    private void remember(ReplayMemory memory, Stage stage, byte[] told) {
        memory.beginEpoch();
        for (int i = 0; i < told.length; i++) {
            memory.add(course.vectors(), course.offset(stage.learned()[i]), told[i]);
        }
    }

    private double right(Classifier classifier, int[] tested, Inference into) throws Exception {
        int right = 0;
        for (int vector : tested) {
            classifier.infer(course.vectors(), course.offset(vector), into);
            right += into.predicted() == course.label(vector) ? 1 : 0;
        }
        return (double) right / tested.length;
    }

    private static int[] shuffled(int[] vectors, Random random) {
        int[] order = vectors.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
