package io.spikelet.adapt;

import io.spikelet.adapt.SampleRow.SampleShape;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Labelled samples of the past, in a number of bytes that is fixed at construction, to be learned again among new ones.
 *
 * <pre>
 * class 0   | e0 e0 e0 | e1 e1 e2 e2 e2 |    each class has the same number of places
 * class 1   | e0 e0 e0 | e1 e2 e2 … …   |    e: the epoch in which a sample came
 *             protected  shared by the epochs
 * </pre>
 *
 * An epoch is a stretch of time such as a day; epoch 0 is the trained one. Within a class the epochs share the places
 * evenly, and a new epoch takes its places from the one that holds most, at random; epoch 0 never falls below its
 * protected share. Within a class and an epoch it is a reservoir (Vitter, Algorithm R, ACM TOMS 11(1), 1985), so every
 * sample that came has the same chance to stay. Draws are by seeded generator, so the same samples in the same order
 * leave the same memory on every processor. Nothing is allocated after construction. One thread.
 */
public final class ReplayMemory {
    /** Epochs beyond this one count as this one. */
    public static final int LAST_EPOCH = 255;

    /** What a share is counted in. */
    public static final int WHOLE = 256;

    private static final int MAGIC = 0x53504b52;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 6 * Integer.BYTES + Long.BYTES;

    private final int classes;
    private final int placesPerClass;
    private final int protectedPlaces;
    private final SampleShape shape;
    private final SampleRow samples;

    /** (classes, placesPerClass) the epoch in which each sample came. */
    private final byte[] epochs;

    /** (classes) places in use. */
    private final int[] filled;

    /** (classes) samples that came in the present epoch. */
    private final int[] seen;

    private final SeededRandom random;
    private int epoch;

    /** (epochs) scratch: how many places of a class each epoch holds. */
    private final int[] held = new int[LAST_EPOCH + 1];

    /** (classes) scratch: the classes that hold samples, in the order of a draw. */
    private final int[] order;

    private ReplayMemory(int classes, SampleShape shape, int bytes, int protectedShare, long seed) {
        if (classes < 1) {
            throw new IllegalArgumentException("a memory is of 1 class or more: classes=" + classes);
        }
        if (protectedShare < 0 || protectedShare > WHOLE) {
            throw new IllegalArgumentException(
                    "the protected share is 0.." + WHOLE + ": protectedShare=" + protectedShare);
        }
        placesPerClass = (bytes - fixedBytes(classes)) / Math.multiplyExact(classes, shape.storedBytes() + 1);
        if (placesPerClass < 1) {
            throw new IllegalArgumentException("a replay memory of " + classes + " classes needs "
                    + bytesFor(classes, shape, 1) + " bytes to hold one sample of each: bytes=" + bytes);
        }
        this.classes = classes;
        this.shape = shape;
        protectedPlaces = placesPerClass * protectedShare / WHOLE;
        samples = new SampleRow(shape, classes * placesPerClass);
        epochs = new byte[classes * placesPerClass];
        filled = new int[classes];
        seen = new int[classes];
        order = new int[classes];
        random = new SeededRandom(seed);
    }

    /**
     * An empty memory for the samples of one network.
     *
     * @param bytes that {@link #save} may write at most; the samples' places in memory are of the same size
     * @param protectedShare of each class's places that epoch 0 keeps for ever, in 1/{@value #WHOLE}
     * @param seed of which samples stay
     * @throws IllegalArgumentException when the bytes do not hold a sample of each class
     */
    public static ReplayMemory of(SpikingNetwork network, int bytes, int protectedShare, long seed) {
        return new ReplayMemory(network.readout().classes(), SampleShape.of(network), bytes, protectedShare, seed);
    }

    /** The least bytes that hold a number of samples of each class of a network. */
    public static long bytesFor(SpikingNetwork network, int samplesPerClass) {
        return bytesFor(network.readout().classes(), SampleShape.of(network), samplesPerClass);
    }

    private static long bytesFor(int classes, SampleShape shape, int samplesPerClass) {
        return fixedBytes(classes) + (long) classes * samplesPerClass * (shape.storedBytes() + 1);
    }

    private static int fixedBytes(int classes) {
        return HEADER_BYTES + 2 * classes * Integer.BYTES + Integer.BYTES;
    }

    /**
     * Offers a labelled sample of the present epoch; it is kept or not.
     *
     * @param samples holds the sample's bytes as the network takes them, from {@code offset}
     * @param label 0..classes − 1
     */
    public void add(byte[] samples, int offset, int label) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException("label must be 0.." + (classes - 1) + ": label=" + label);
        }
        seen[label] = Math.min(Integer.MAX_VALUE - 1, seen[label]) + 1;
        int place = placeFor(label);
        if (place >= 0) {
            this.samples.set(place, samples, offset);
            epochs[place] = (byte) epoch;
        }
    }

    /** Where the class's next sample goes, or −1 when it is not kept. */
    private int placeFor(int label) {
        int first = label * placesPerClass;
        if (filled[label] < placesPerClass) {
            return first + filled[label]++;
        }
        count(first);
        int largest = largestEpoch();
        if (largest >= 0 && held[largest] > held[epoch]) {
            return find(first, largest, below(held[largest]));
        }
        int chosen = below(seen[label]);
        return chosen < held[epoch] ? find(first, epoch, chosen) : -1;
    }

    private void count(int first) {
        Arrays.fill(held, 0);
        for (int place = first; place < first + placesPerClass; place++) {
            held[epochs[place] & 0xff]++;
        }
    }

    /** The epoch that has most places to give, the oldest of several; −1 when none may give. */
    private int largestEpoch() {
        int largest = -1;
        for (int e = 0; e <= epoch; e++) {
            boolean mayGive = e == 0 ? held[0] > protectedPlaces : held[e] > 0;
            if (mayGive && (largest < 0 || held[e] > held[largest])) {
                largest = e;
            }
        }
        return largest;
    }

    /** The n-th place that an epoch holds in a class. */
    private int find(int first, int wanted, int n) {
        int left = n;
        for (int place = first; ; place++) {
            if ((epochs[place] & 0xff) == wanted && left-- == 0) {
                return place;
            }
        }
    }

    /** A number 0..bound − 1; no number is likelier than another by more than bound / 2^31. */
    private int below(int bound) {
        return (int) (random.next(31) * bound >>> 31);
    }

    /** From now on samples are of the next epoch. */
    public void beginEpoch() {
        epoch = Math.min(LAST_EPOCH, epoch + 1);
        Arrays.fill(seen, 0);
    }

    /** Whether a sample came in the present epoch. */
    public boolean hasSeenAny() {
        return Arrays.stream(seen).anyMatch(count -> count > 0);
    }

    /** The epoch of the samples that come now. */
    public int epoch() {
        return epoch;
    }

    /**
     * Draws places, class by class in a random order so that no class comes twice more often than another, within a class
     * with equal chances and with repetition.
     *
     * @param generator decides; its state is the caller's to keep
     * @param into takes the places, for {@link #sample} and {@link #label}; left alone when the memory is empty
     * @return how many were drawn: {@code into.length}, or 0 when the memory is empty
     */
    public int draw(SeededRandom generator, int[] into) {
        int present = 0;
        for (int c = 0; c < classes; c++) {
            if (filled[c] > 0) {
                order[present++] = c;
            }
        }
        if (present == 0) {
            return 0;
        }
        for (int k = 0; k < into.length; k++) {
            int at = k % present;
            // Fisher and Yates, one step a draw: each round of the classes is a new permutation.
            int swap = at + (int) (generator.next(31) * (present - at) >>> 31);
            int c = order[swap];
            order[swap] = order[at];
            order[at] = c;
            into[k] = c * placesPerClass + (int) (generator.next(31) * filled[c] >>> 31);
        }
        return into.length;
    }

    /** Copies the sample at a place, as the network takes it. */
    public void sample(int place, byte[] into, int offset) {
        samples.get(place, into, offset);
    }

    /** The class of the sample at a place. */
    public int label(int place) {
        return place / placesPerClass;
    }

    /** The epoch in which the sample at a place came. */
    public int epoch(int place) {
        return epochs[place] & 0xff;
    }

    /**
     * The place of one of a class's samples, to go through all of them.
     *
     * @param n 0..{@link #size(int)} − 1
     */
    public int place(int label, int n) {
        return label * placesPerClass + n;
    }

    /** Samples that it holds. */
    public int size() {
        return Arrays.stream(filled).sum();
    }

    /** Samples of one class that it holds. */
    public int size(int label) {
        return filled[label];
    }

    /** Samples of one class that it can hold. */
    public int placesPerClass() {
        return placesPerClass;
    }

    /** Places of each class that epoch 0 keeps once it has filled them. */
    public int protectedPlaces() {
        return protectedPlaces;
    }

    /** Empties it; the generator goes on. */
    public void clear() {
        Arrays.fill(filled, 0);
        Arrays.fill(seen, 0);
        epoch = 0;
    }

    /** The bytes that {@link #save} writes, whatever it holds. */
    public int savedBytes() {
        return fixedBytes(classes) + epochs.length + samples.bytes();
    }

    /**
     * Writes all of it, {@link #savedBytes} bytes, big endian.
     *
     * <pre>
     * 0      4         8         12             16            20      24       32
     * | SPKR | version | classes | places/class | sample i32* | epoch | random | filled i32·classes | seen i32·classes …
     * … | epochs u8·classes·places | samples | crc32c u32 of all before |     *its sign bit set where samples are spikes
     * </pre>
     */
    public void save(ByteBuffer into) {
        int start = into.position();
        into.putInt(MAGIC).putInt(VERSION).putInt(classes).putInt(placesPerClass);
        into.putInt(shapeWord()).putInt(epoch).putLong(random.state());
        for (int c = 0; c < classes; c++) {
            into.putInt(filled[c]);
        }
        for (int c = 0; c < classes; c++) {
            into.putInt(seen[c]);
        }
        into.put(epochs);
        samples.save(into);
        into.putInt(checksum(into, start));
    }

    private int shapeWord() {
        return shape.bytes() | (shape.areSpikes() ? Integer.MIN_VALUE : 0);
    }

    /** The checksum of what lies between a start and the buffer's position. */
    private static int checksum(ByteBuffer buffer, int start) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().flip().position(start));
        return (int) crc.getValue();
    }

    /**
     * Continues from what a memory of the same shape wrote.
     *
     * @throws MalformedDataException when the bytes are damaged or of another memory; nothing has changed then
     */
    public void restore(ByteBuffer from) throws MalformedDataException {
        int start = from.position();
        verify(from);
        from.position(start + 5 * Integer.BYTES);
        epoch = from.getInt();
        random.restore(from.getLong());
        for (int c = 0; c < classes; c++) {
            filled[c] = from.getInt();
        }
        for (int c = 0; c < classes; c++) {
            seen[c] = from.getInt();
        }
        from.get(epochs);
        samples.restore(from);
        from.position(start + savedBytes());
    }

    private void verify(ByteBuffer from) throws MalformedDataException {
        int start = from.position();
        if (from.remaining() < savedBytes()) {
            throw new MalformedDataException(
                    start, "this replay memory has " + savedBytes() + " bytes, not " + from.remaining());
        }
        ByteBuffer whole = from.duplicate().position(start + savedBytes() - Integer.BYTES);
        if (from.getInt(whole.position()) != checksum(whole, start)) {
            throw new MalformedDataException(whole.position(), "the checksum of the replay memory does not hold");
        }
        if (from.getInt(start) != MAGIC || from.getInt(start + Integer.BYTES) != VERSION) {
            throw new MalformedDataException(start, "not a replay memory of version " + VERSION);
        }
        if (from.getInt(start + 2 * Integer.BYTES) != classes
                || from.getInt(start + 3 * Integer.BYTES) != placesPerClass
                || from.getInt(start + 4 * Integer.BYTES) != shapeWord()) {
            throw new MalformedDataException(
                    start + 2 * Integer.BYTES, "the replay memory is of other classes, places or samples");
        }
        if (from.getInt(start + 5 * Integer.BYTES) < 0 || from.getInt(start + 5 * Integer.BYTES) > LAST_EPOCH) {
            throw new MalformedDataException(
                    start + 5 * Integer.BYTES, "the replay memory's epoch is beyond " + LAST_EPOCH);
        }
        for (int c = 0; c < classes; c++) {
            int at = start + HEADER_BYTES + c * Integer.BYTES;
            if (from.getInt(at) < 0
                    || from.getInt(at) > placesPerClass
                    || from.getInt(at + classes * Integer.BYTES) < 0) {
                throw new MalformedDataException(at, "class " + c + " of the replay memory holds too many samples");
            }
        }
    }
}
