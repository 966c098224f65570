package io.spikelet.telemetry;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the last inferences cost and how right they were. Recording allocates nothing. One thread. */
public final class InferenceWindow {

    /** Inferences that latency, spikes, operations and energy are taken over. */
    public static final int INFERENCES = 256;

    /** Labelled samples that the accuracy is taken over. */
    public static final int LABELLED = 256;

    private final long[] microseconds = new long[INFERENCES];
    private final long[] spikes = new long[INFERENCES];
    private final long[] operations = new long[INFERENCES];
    private final boolean[] correct = new boolean[LABELLED];
    private final long[] microjoules = new long[INFERENCES];
    private final int[] microjoulesOver = new int[INFERENCES];
    private long inferences;
    private long labelled;
    private long measured;

    /** Starts empty. */
    public InferenceWindow() {}

    /** Adds one inference. */
    public void add(long latencyMicroseconds, long spikeCount, long operationCount) {
        int at = (int) (inferences++ % INFERENCES);
        microseconds[at] = latencyMicroseconds;
        spikes[at] = spikeCount;
        operations[at] = operationCount;
    }

    /** Adds the outcome of one sample whose label is known. */
    public void addLabelled(boolean wasCorrect) {
        correct[(int) (labelled++ % LABELLED)] = wasCorrect;
    }

    /** Adds the energy that a number of inferences took together. */
    public void addEnergy(long total, int overInferences) {
        int at = (int) (measured++ % INFERENCES);
        microjoules[at] = total;
        microjoulesOver[at] = overInferences;
    }

    /** Forgets everything, as when another model becomes active. */
    public void clear() {
        inferences = 0;
        labelled = 0;
        measured = 0;
    }

    /** Inferences since the window was cleared, also those that have left it. */
    public long inferences() {
        return inferences;
    }

    /** The upper of the two middle values where the count is even. */
    public OptionalLong medianMicroseconds() {
        int count = (int) Math.min(inferences, INFERENCES);
        if (count == 0) {
            return OptionalLong.empty();
        }
        long[] sorted = Arrays.copyOf(microseconds, count);
        Arrays.sort(sorted);
        return OptionalLong.of(sorted[count / 2]);
    }

    public OptionalDouble meanSpikes() {
        return mean(spikes);
    }

    public OptionalDouble meanOperations() {
        return mean(operations);
    }

    /** Share correct, 0..1. */
    public OptionalDouble accuracy() {
        int count = (int) Math.min(labelled, LABELLED);
        int right = 0;
        for (int i = 0; i < count; i++) {
            right += correct[i] ? 1 : 0;
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / count);
    }

    /** Microjoules an inference. */
    public OptionalDouble meanMicrojoules() {
        int count = (int) Math.min(measured, INFERENCES);
        long total = 0;
        long over = 0;
        for (int i = 0; i < count; i++) {
            total += microjoules[i];
            over += microjoulesOver[i];
        }
        return over == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) total / over);
    }

    private OptionalDouble mean(long[] values) {
        int count = (int) Math.min(inferences, INFERENCES);
        return Arrays.stream(values, 0, count).average();
    }
}
