package io.spikelet.bench.guard;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.bench.demo.SensorShift;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.host.data.SampleSet;
import java.util.EnumSet;
import java.util.Set;

/** What a board is taught. */
public enum LabelStream {
    /** Three labels in ten are another class, at random. */
    WRONG_LABELS("30 % wrong labels"),
    /** Every label is the class behind the true one. */
    ALL_WRONG("all labels wrong"),
    /** Only samples of one class come, with their true label. */
    ONE_CLASS("one class only"),
    /** Samples of all classes come, labelled as one. */
    ONE_LABEL("all labelled as one"),
    /** The same sample comes again and again, with every label in turn. */
    STUCK_SENSOR("a stuck sensor"),
    /** True labels of a sensor that has changed: what adaptation is for. */
    REMOUNTED("a remounted scanner");

    /** The change of the sensor, turned and dimmed. */
    public static final SensorShift SHIFT = new SensorShift(15, 0.6);

    private static final int RULING_CLASS = 3;

    private final String words;

    LabelStream(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /**
     * What the service must tell of it, one of them at least.
     *
     * @param guarded whether a host gave it a guard set
     */
    Set<Kind> expected(boolean guarded) {
        return switch (this) {
            case WRONG_LABELS -> EnumSet.of(Kind.ROLLED_BACK, Kind.HELD);
            case ALL_WRONG -> guarded ? EnumSet.of(Kind.ROLLED_BACK) : EnumSet.of(Kind.NO_GROUND, Kind.NO_GUARD);
            case ONE_CLASS, ONE_LABEL -> EnumSet.of(Kind.CLASS_IMBALANCE);
            case STUCK_SENSOR -> EnumSet.of(Kind.REFUSED_STUCK_INPUT);
            case REMOUNTED -> EnumSet.of(Kind.PROMOTED);
        };
    }

    /** Who is taught. */
    interface Pupil {
        /** Takes one sample and its label. */
        void learn(byte[] samples, int offset, int label);
    }

    /** Teaches a number of samples. */
    void teach(Pupil pupil, SampleSet train, int samples) {
        SampleSet shown = this == REMOUNTED ? SHIFT.apply(train) : train;
        SeededRandom random = new SeededRandom(20_260_301);
        int at = 0;
        for (int n = 0; n < samples; n++) {
            int i = at % shown.count();
            while (this == ONE_CLASS && shown.label(i) != RULING_CLASS) {
                at++;
                i = at % shown.count();
            }
            at += this == STUCK_SENSOR ? 0 : 1;
            pupil.learn(shown.samples(), shown.offset(i), label(shown.label(i), n, shown.classes(), random));
        }
    }

    private int label(int truth, int n, int classes, SeededRandom random) {
        return switch (this) {
            case WRONG_LABELS -> below(random, 10) < 3 ? (truth + 1 + below(random, classes - 1)) % classes : truth;
            case ALL_WRONG -> (truth + 1) % classes;
            case ONE_CLASS, REMOUNTED -> truth;
            case ONE_LABEL -> RULING_CLASS;
            case STUCK_SENSOR -> n % classes;
        };
    }

    private static int below(SeededRandom random, int bound) {
        return (int) (random.next(31) * bound >>> 31);
    }
}
