package io.spikelet.adapt;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.adapt.SampleRow.SampleShape;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.LayerCosts;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.learn.Learner;
import io.spikelet.learn.NotLearnableException;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A model that answers, and a candidate beside it that learns; the candidate takes over when it has proved on samples kept
 * apart that it is not worse, and is taken back when it has not (docs/adaptation-service.md). The same inputs, labels and
 * settings make the same model on every board. Only an evaluation allocates. One thread.
 */
public final class AdaptationService {
    /** Guard samples below which nothing is promoted; they must be of at least half of the classes too. */
    public static final int LEAST_GUARD = 16;

    /** Samples kept apart from learning that tell candidate and served model apart. */
    private static final int LEAST_HELD_OUT = 8;

    /** Evaluations in a row that a candidate may be held before it is given up. */
    private static final int PATIENCE = 8;

    /** Bounds how long an evaluation takes however short samples are. */
    private static final int MOST_GUARD = 2048;

    private static final int PROTECTED_SHARE = ReplayMemory.WHOLE / 4;
    private static final long MEMORY_SEED = 0x41444150544d454dL;
    private static final long DRAW_SEED = 0x4144415054445257L;

    private final AdaptationSettings settings;
    private final SpikingNetwork image;
    private final Optional<LearningRule> wholeRule;
    private final Classifier served;
    private final Classifier candidate;
    private final Learner servedWeights;
    private final Learner learner;
    private final Inference answer;
    private final Inference learned;
    private final ReplayMemory replay;
    private final ReplayMemory guard;
    private final SampleRing recent;
    private final SampleRing heldOut;
    private final StuckInput stuck;
    private final LabelBalance balance;
    private final DriftWatch drift;
    private final AnswerStatistics statistics;
    private final Examiner examiner;
    private final EventHistory events = new EventHistory();
    private final SeededRandom draws = new SeededRandom(DRAW_SEED);
    private final int[] drawn = new int[1];
    private final byte[] sample;
    private final byte[] again;
    private final AdaptationCounters counters = new AdaptationCounters();

    /** Whether the event of a guard set without ground was told; told again after a start. */
    private boolean saidNoGround;

    private AdaptationService(SpikingNetwork network, AdaptationSettings settings, Kernels kernels)
            throws NotLearnableException, MalformedDataException {
        this.settings = settings;
        wholeRule = network.learning();
        image = network.withLearning(
                network.learning().map(rule -> rule.withLayers(last(rule.layers(), settings.lastLayers()))));
        served = Classifier.load(image, kernels);
        candidate = Classifier.load(image, kernels);
        servedWeights = Learner.load(served, Learner.BOARD_SEED);
        learner = Learner.load(candidate, Learner.BOARD_SEED);
        int classes = image.readout().classes();
        SampleShape shape = SampleShape.of(image);
        replay = ReplayMemory.of(image, settings.replayBytes(), PROTECTED_SHARE, MEMORY_SEED);
        guard = ReplayMemory.of(image, guardBytes(), ReplayMemory.WHOLE, MEMORY_SEED);
        recent = new SampleRing(shape, classes, settings.recentBytes());
        heldOut = new SampleRing(shape, classes, settings.recentBytes());
        stuck = new StuckInput(image.sampleBytes());
        balance = new LabelBalance(classes);
        statistics = new AnswerStatistics(image);
        drift = new DriftWatch(classes, statistics.count());
        examiner = new Examiner(image);
        answer = Inference.forNetwork(image);
        learned = Inference.forNetwork(image);
        sample = new byte[image.sampleBytes()];
        again = new byte[image.sampleBytes()];
    }

    private static List<Integer> last(List<Integer> layers, int count) {
        return count == 0 ? layers : layers.subList(Math.max(0, layers.size() - count), layers.size());
    }

    private int guardBytes() {
        int classes = image.readout().classes();
        return (int) Math.min(settings.guardBytes(), ReplayMemory.bytesFor(image, Math.max(1, MOST_GUARD / classes)));
    }

    /**
     * Plans a network twice and begins with the image's own weights.
     *
     * @throws NotLearnableException when the image names no layers that can learn
     * @throws MalformedDataException when the network cannot run
     * @throws IllegalArgumentException when the memories are too small for one sample of each class
     */
    public static AdaptationService load(SpikingNetwork network, AdaptationSettings settings, Kernels kernels)
            throws NotLearnableException, MalformedDataException {
        return new AdaptationService(network, settings, kernels);
    }

    public AdaptationSettings settings() {
        return settings;
    }

    // ---- answering

    /** Classifies one sample on the served model; the answer stays valid until the next one. Changes nothing else. */
    public Inference infer(byte[] samples, int offset) {
        served.infer(samples, offset, answer);
        return answer;
    }

    /** Classifies one sample on the served model and notes what each layer took. Changes nothing else. */
    public Inference profile(byte[] samples, int offset, LayerCosts costs) {
        served.profile(samples, offset, answer, costs);
        return answer;
    }

    /**
     * Takes note of the input that was just answered: drift, a stuck sensor, and where the answer stands out enough it
     * serves as its own label.
     *
     * @return the number under which a label may come later, or −1 for an input that is refused
     */
    public long observe(byte[] samples, int offset) {
        if (isRefused(samples, offset)) {
            return -1;
        }
        watchDrift();
        long number = recent.add(samples, offset, answer.predicted());
        if (learner.calibrates()) {
            counters.taken++;
            learner.observe(samples, offset, learned);
            evaluateIfDue();
        } else if (selfLabels()) {
            counters.selfLabelled++;
            counters.taken++;
            seeLabel(answer.predicted());
            if (!balance.isOneSided()) {
                learner.learn(samples, offset, answer.predicted(), learned);
                learnAgain(settings.replays());
            }
            evaluateIfDue();
        }
        return number;
    }

    private boolean isRefused(byte[] samples, int offset) {
        stuck.see(samples, offset);
        if (!stuck.isStuck()) {
            return false;
        }
        counters.refused++;
        if (stuck.hasBegun()) {
            events.record(Kind.REFUSED_STUCK_INPUT, counters.taken, stuck.inARow(), StuckInput.IN_A_ROW);
        }
        return true;
    }

    private void watchDrift() {
        switch (drift.see(answer.predicted(), statistics.of(served, answer))) {
            case BEGAN -> {
                int which = drift.alarmed() == statistics.margin() ? -1 : drift.alarmed() + 1;
                events.record(Kind.DRIFT, counters.taken, which, drift.direction());
                beginEpoch();
            }
            case ENDED -> events.record(Kind.DRIFT_ENDED, counters.taken, 0, 0);
            case NOTHING -> {
                // As almost always.
            }
        }
    }

    /** Not while answers differ from what they were: then their margins say nothing of how right they are. */
    private boolean selfLabels() {
        if (settings.selfLabelMargin() == 0 || !drift.isReady() || drift.isDrifting()) {
            return false;
        }
        long margin = statistics.of(served, answer)[statistics.margin()];
        return margin * 256 >= drift.referenceMean(statistics.margin()) * settings.selfLabelMargin();
    }

    // ---- learning

    /**
     * Classifies one sample on the served model, then takes its label.
     *
     * @return the answer given before
     */
    public Inference learn(byte[] samples, int offset, int label) {
        served.infer(samples, offset, answer);
        if (isRefused(samples, offset)) {
            counters.taken++;
        } else {
            watchDrift();
            take(samples, offset, label);
        }
        return answer;
    }

    /**
     * Takes the label of an input that was answered before; once, so that a label that comes again teaches nothing.
     *
     * @param number as {@link #observe} gave it
     * @return false when the input is not kept any more
     */
    public boolean label(long number, int label) {
        requireClass(label);
        if (!recent.holds(number)) {
            return false;
        }
        if (recent.markLabelled(number)) {
            recent.sample(number, sample);
            take(sample, 0, label);
        }
        return true;
    }

    /**
     * Takes whether an answer was right. A right answer is its input's label; a wrong one is where there are two classes
     * only; else a rule of rewards learns from it, and any other counts it. What comes again changes nothing.
     *
     * @return false when the input is not kept any more
     */
    public boolean reward(long number, boolean wasRight) {
        if (!recent.holds(number)) {
            return false;
        }
        if (!recent.markRewarded(number)) {
            return true;
        }
        int given = recent.classOf(number);
        counters.rewardedRight += wasRight ? 1 : 0;
        counters.rewardedWrong += wasRight ? 0 : 1;
        if (wasRight) {
            label(number, given);
        } else if (image.readout().classes() == 2) {
            label(number, 1 - given);
        } else {
            counters.taken++;
            learnThatItWasWrong(number, given);
        }
        return true;
    }

    /** Only a rule of rewards learns from that, and only where the candidate would have answered the same. */
    private void learnThatItWasWrong(long number, int given) {
        if (learner.waitsForReward()) {
            recent.sample(number, sample);
            learner.act(sample, 0, learned);
            if (learned.predicted() == given) {
                learner.reward(0);
                evaluateIfDue();
            }
        }
    }

    private void take(byte[] samples, int offset, int label) {
        requireClass(label);
        counters.taken++;
        counters.labelled++;
        seeLabel(label);
        if (goesToGuard(label)) {
            guard.add(samples, offset, label);
            counters.guardIsStale = true;
        } else if (isTurn(settings.holdOut(), settings.holdOut() / 2)) {
            heldOut.add(samples, offset, label);
        } else {
            replay.add(samples, offset, label);
            learnBalanced(samples, offset, label);
        }
        evaluateIfDue();
    }

    private void seeLabel(int label) {
        balance.see(label);
        if (balance.hasBegun()) {
            events.record(Kind.CLASS_IMBALANCE, counters.taken, balance.ruling(), balance.share());
        }
    }

    private boolean goesToGuard(int label) {
        return !counters.guardIsGiven && isTurn(settings.guardShare(), 0) && guard.size(label) < guard.placesPerClass();
    }

    /** One label in so many; the two shares have turns that differ, so that neither starves the other. */
    private boolean isTurn(int oneIn, int turn) {
        return oneIn > 0 && counters.labelled % oneIn == turn;
    }

    /** While one class rules the stream, the memory teaches in its place: there every class has its turn. */
    private void learnBalanced(byte[] samples, int offset, int label) {
        if (!balance.isOneSided()) {
            learner.learn(samples, offset, label, learned);
            learnAgain(settings.replays());
        } else if (replay.size() > replay.size(balance.ruling())) {
            learnAgain(1 + settings.replays());
        }
    }

    private void learnAgain(int times) {
        for (int k = 0; k < times && replay.draw(draws, drawn) > 0; k++) {
            replay.sample(drawn[0], again, 0);
            learner.learn(again, 0, replay.label(drawn[0]), learned);
        }
    }

    private void requireClass(int label) {
        if (label < 0 || label >= image.readout().classes()) {
            throw new IllegalArgumentException(
                    "label must be 0.." + (image.readout().classes() - 1) + ": label=" + label);
        }
    }

    // ---- judging

    private void evaluateIfDue() {
        if (++counters.sinceEvaluation >= settings.evaluationInterval()) {
            evaluate();
        }
    }

    /** Judges the candidate now: promotes it, goes on with it, or takes it back. */
    public void evaluate() {
        counters.sinceEvaluation = 0;
        if (guard.size() < LEAST_GUARD || !coversMostClasses()) {
            if (!counters.lacksGuard) {
                events.record(Kind.NO_GUARD, counters.taken, guard.size(), LEAST_GUARD);
            }
            counters.lacksGuard = true;
            return;
        }
        counters.lacksGuard = false;
        if (counters.guardIsStale && !isServedFit()) {
            return;
        }
        if (lacksGround()) {
            return;
        }
        if (learner.samplesLearned() == servedWeights.samplesLearned()) {
            return;
        }
        int change = ChangeBudget.spent(image, learner);
        if (change > settings.changeBudget()) {
            takeBack(Kind.BUDGET_SPENT, change, settings.changeBudget());
            return;
        }
        int accuracy = examiner.accuracy(candidate, guard);
        if (accuracy < yardstick() - settings.guardMargin()) {
            takeBack(Kind.ROLLED_BACK, accuracy, yardstick());
        } else {
            compareOnRecent(accuracy);
        }
    }

    /**
     * Whether the image's own answers say that a guard set from the stream is not to be trusted: it is as right as the stream's labels
     * are; of labels that are wrong from the first on the image agrees with few, and whoever fits them best would serve. A set that a
     * host gave is the host's word.
     */
    private boolean lacksGround() {
        boolean lacks = !counters.guardIsGiven && counters.imageAccuracy < settings.trust();
        if (lacks && !saidNoGround) {
            events.record(Kind.NO_GROUND, counters.taken, counters.imageAccuracy, settings.trust());
        }
        saidNoGround = lacks;
        return lacks;
    }

    /**
     * What a candidate is held against on the guard set: the image's own accuracy, or where that is next to chance, and anything would
     * pass, the served model's where it is better.
     */
    private int yardstick() {
        int chance = AdaptationSettings.WHOLE / image.readout().classes();
        boolean isNextToChance = counters.imageAccuracy < chance + (AdaptationSettings.WHOLE - chance) / 4;
        return isNextToChance ? Math.max(counters.imageAccuracy, counters.servedAccuracy) : counters.imageAccuracy;
    }

    /** Whether the guard set could notice that a class is forgotten, of at least half of them. */
    private boolean coversMostClasses() {
        int classes = image.readout().classes();
        int covered = 0;
        for (int label = 0; label < classes; label++) {
            covered += guard.size(label) > 0 ? 1 : 0;
        }
        return 2 * covered >= classes;
    }

    /** After the guard set changed: what image and served model reach on it; an unfit served model goes. */
    private boolean isServedFit() {
        byte[] state = learner.state();
        learner.reset();
        counters.imageAccuracy = examiner.accuracy(candidate, guard);
        restoreOwn(learner, state);
        counters.servedAccuracy = examiner.accuracy(served, guard);
        counters.guardIsStale = false;
        boolean fits = counters.servedAccuracy >= counters.imageAccuracy - settings.guardMargin();
        if (!fits) {
            int failed = counters.servedAccuracy;
            servedWeights.reset();
            counters.servedAccuracy = counters.imageAccuracy;
            takeBack(Kind.SERVED_ROLLED_BACK, failed, counters.imageAccuracy);
        }
        examiner.refer(served, guard, statistics, drift);
        return fits;
    }

    private void compareOnRecent(int guardAccuracy) {
        boolean isLabelled = heldOut.size() >= LEAST_HELD_OUT;
        int mine = isLabelled ? examiner.accuracy(candidate, heldOut) : examiner.agreement(candidate, served, recent);
        int least = isLabelled ? examiner.accuracy(served, heldOut) : settings.leastAgreement();
        if (mine >= least) {
            promote(guardAccuracy);
            return;
        }
        events.record(Kind.HELD, counters.taken, mine, least);
        if (++counters.heldInARow >= PATIENCE) {
            takeBack(Kind.ROLLED_BACK, guardAccuracy, counters.imageAccuracy);
        }
    }

    private void promote(int guardAccuracy) {
        restoreOwn(servedWeights, learner.state());
        counters.heldInARow = 0;
        counters.servedAccuracy = guardAccuracy;
        events.record(Kind.PROMOTED, counters.taken, guardAccuracy, counters.imageAccuracy);
        examiner.refer(served, guard, statistics, drift);
    }

    private void takeBack(Kind why, int value, int against) {
        restoreOwn(learner, servedWeights.state());
        counters.heldInARow = 0;
        events.record(why, counters.taken, value, against);
    }

    private static void restoreOwn(Learner into, byte[] state) {
        try {
            into.restore(state);
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a state of a learner over the same network must fit", e);
        }
    }

    // ---- told from outside

    /** Adds a sample to the guard set, which then takes none from the stream of labels. */
    public void guard(byte[] samples, int offset, int label) {
        requireClass(label);
        if (!counters.guardIsGiven) {
            guard.clear();
            counters.guardIsGiven = true;
        }
        guard.add(samples, offset, label);
        counters.guardIsStale = true;
    }

    /** Ends a change of the guard set from outside: judges served model and candidate by it. */
    public void guardChanged() {
        events.record(Kind.GUARD_CHANGED, counters.taken, guard.size(), 0);
        counters.guardIsStale = true;
        evaluate();
    }

    public void clearGuard() {
        guard.clear();
        counters.guardIsGiven = false;
        counters.imageAccuracy = 0;
        counters.servedAccuracy = 0;
        drift.beginReference();
        guardChanged();
    }

    /** Adds a sample of the past to the replay memory, in its present epoch, without learning it. */
    public void remember(byte[] samples, int offset, int label) {
        requireClass(label);
        replay.add(samples, offset, label);
    }

    public void clearReplay() {
        replay.clear();
    }

    /** From now on samples are of another stretch of time, such as a day; told twice it is one. */
    public void beginEpoch() {
        if (replay.hasSeenAny()) {
            replay.beginEpoch();
        }
    }

    /** Takes the candidate back to the served model. */
    public void rollBack() {
        takeBack(Kind.TOLD_TO_ROLL_BACK, 0, 0);
    }

    /** Served model and candidate are the image's own again; replay memory and held-out samples are emptied. */
    public void forget() {
        servedWeights.reset();
        learner.reset();
        replay.clear();
        heldOut.clear();
        counters.heldInARow = 0;
        counters.sinceEvaluation = 0;
        counters.taken = 0;
        counters.guardIsStale = true;
        events.record(Kind.FORGOTTEN, 0, 0, 0);
    }

    /** Begins with what plain learning had learned: both models become it. */
    public void beginWith(byte[] learnerState) throws MalformedDataException {
        learner.restore(learnerState);
        servedWeights.restore(learnerState);
        counters.taken = learner.samplesLearned();
        counters.guardIsStale = true;
    }

    // ---- telling

    /** The network that serves, with what it learned and the image's whole learning rule. */
    public SpikingNetwork servedNetwork() {
        return servedWeights.learnedNetwork().withLearning(wholeRule);
    }

    /** The network that the candidate has become. */
    public SpikingNetwork candidateNetwork() {
        return learner.learnedNetwork().withLearning(wholeRule);
    }

    /** Samples taken since the flash or {@link #forget}: learned, held out, refused or counted. */
    public long taken() {
        return counters.taken;
    }

    /** All numbers of it, in fixed order, for status and telemetry. */
    public AdaptationReport report() {
        return new AdaptationReport(
                counters.taken,
                counters.labelled,
                counters.selfLabelled,
                counters.rewardedRight,
                counters.rewardedWrong,
                counters.refused,
                learner.samplesLearned(),
                servedWeights.samplesLearned(),
                events.count(Kind.PROMOTED),
                events.count(Kind.ROLLED_BACK)
                        + events.count(Kind.BUDGET_SPENT)
                        + events.count(Kind.SERVED_ROLLED_BACK),
                events.count(Kind.HELD),
                events.count(Kind.DRIFT),
                drift.isDrifting(),
                guard.size(),
                replay.size(),
                counters.guardIsStale ? -1 : counters.imageAccuracy,
                counters.guardIsStale ? -1 : counters.servedAccuracy,
                events.recorded());
    }

    /** The last events, oldest first; at most 32 are kept. */
    public List<AdaptationEvent> lastEvents(int most) {
        return events.last(most);
    }

    public long count(Kind kind) {
        return events.count(kind);
    }

    /** Notes what a start found. */
    public void recordStart(Kind kind, int value) {
        events.record(kind, counters.taken, value, 0);
    }

    // ---- keeping

    private int memoryBytes() {
        return replay.savedBytes()
                + guard.savedBytes()
                + heldOut.savedBytes()
                + stuck.savedBytes()
                + LabelBalance.savedBytes()
                + drift.savedBytes();
    }

    /** The bytes that {@link #save} writes. */
    public int savedBytes() {
        int weights = servedWeights.state().length;
        return AdaptationCounters.savedBytes()
                + Long.BYTES
                + EventHistory.savedBytes()
                + 3 * Integer.BYTES
                + 2 * weights
                + memoryBytes();
    }

    /** Writes all but the recent inputs: labels of inputs from before a restart are refused. */
    public void save(ByteBuffer into) {
        counters.save(into);
        into.putLong(draws.state());
        events.save(into);
        for (Learner weights : List.of(servedWeights, learner)) {
            byte[] state = weights.state();
            into.putInt(state.length).put(state);
        }
        into.putInt(memoryBytes());
        replay.save(into);
        guard.save(into);
        heldOut.save(into);
        stuck.save(into);
        balance.save(into);
        drift.save(into);
    }

    /**
     * Continues from what a service of the same image wrote.
     *
     * @return false when the memories were of other sizes, so that they begin empty
     * @throws MalformedDataException when the weights do not fit; the service is then as after {@link #load}
     */
    public boolean restore(ByteBuffer from) throws MalformedDataException {
        try {
            counters.restore(from);
            draws.restore(from.getLong());
            events.restore(from);
            restoreWeights(from, servedWeights);
            restoreWeights(from, learner);
            return restoreMemories(from);
        } catch (MalformedDataException e) {
            servedWeights.reset();
            learner.reset();
            counters.clear();
            events.clear();
            draws.restore(DRAW_SEED);
            clearMemories();
            throw e;
        }
    }

    private static void restoreWeights(ByteBuffer from, Learner into) throws MalformedDataException {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new MalformedDataException(from.position(), "the stored weights are longer than the checkpoint");
        }
        byte[] state = new byte[length];
        from.get(state);
        into.restore(state);
    }

    private boolean restoreMemories(ByteBuffer from) throws MalformedDataException {
        if (from.getInt() != memoryBytes() || from.remaining() != memoryBytes()) {
            clearMemories();
            return false;
        }
        replay.restore(from);
        guard.restore(from);
        heldOut.restore(from);
        stuck.restore(from);
        balance.restore(from);
        drift.restore(from);
        return true;
    }

    private void clearMemories() {
        replay.clear();
        guard.clear();
        heldOut.clear();
        drift.beginReference();
        counters.guardIsGiven = false;
        counters.guardIsStale = true;
    }
}
