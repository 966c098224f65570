package io.spikelet.adapt;

import io.spikelet.adapt.SampleRow.SampleShape;
import java.nio.ByteBuffer;

/** The last samples, each with a class, under numbers that are never used twice. */
final class SampleRing {
    /** However short samples are: what goes through all of them must end soon. */
    private static final int MOST_SAMPLES = 256;

    private final SampleRow samples;
    private final int[] classOf;
    private final boolean[] isLabelled;
    private final boolean[] isRewarded;
    private final int classes;
    private long next;
    private long first;

    /** @param bytes for samples and classes; at least one sample is kept */
    SampleRing(SampleShape shape, int classes, int bytes) {
        this.classes = classes;
        classOf = new int[Math.clamp(bytes / (shape.storedBytes() + Integer.BYTES), 1, MOST_SAMPLES)];
        isLabelled = new boolean[classOf.length];
        isRewarded = new boolean[classOf.length];
        samples = new SampleRow(shape, classOf.length);
    }

    /** Keeps a copy; gives its number. */
    long add(byte[] sample, int offset, int classNumber) {
        int slot = (int) (next % classOf.length);
        samples.set(slot, sample, offset);
        classOf[slot] = classNumber;
        isLabelled[slot] = false;
        isRewarded[slot] = false;
        return next++;
    }

    boolean holds(long number) {
        return number >= firstHeld() && number < next;
    }

    long firstHeld() {
        return Math.max(first, next - classOf.length);
    }

    /** The number that the next sample gets. */
    long next() {
        return next;
    }

    int size() {
        return (int) (next - firstHeld());
    }

    int classOf(long number) {
        return classOf[(int) (number % classOf.length)];
    }

    /** Notes that a sample's label came; false when it had come before. */
    boolean markLabelled(long number) {
        return mark(isLabelled, number);
    }

    /** Notes that it was told whether the answer was right; false when it had been told before. */
    boolean markRewarded(long number) {
        return mark(isRewarded, number);
    }

    private static boolean mark(boolean[] marks, long number) {
        int slot = (int) (number % marks.length);
        boolean isNew = !marks[slot];
        marks[slot] = true;
        return isNew;
    }

    void sample(long number, byte[] into) {
        samples.get((int) (number % classOf.length), into, 0);
    }

    /** Forgets the samples; numbers go on. */
    void clear() {
        first = next;
    }

    int savedBytes() {
        return 2 * Long.BYTES + classOf.length * Integer.BYTES + samples.bytes();
    }

    void save(ByteBuffer into) {
        into.putLong(next).putLong(first);
        for (int c : classOf) {
            into.putInt(c);
        }
        samples.save(into);
    }

    void restore(ByteBuffer from) {
        next = AdaptationCounters.bounded(from.getLong());
        first = Math.clamp(from.getLong(), 0, next);
        for (int k = 0; k < classOf.length; k++) {
            classOf[k] = Math.floorMod(from.getInt(), classes);
        }
        samples.restore(from);
    }
}
