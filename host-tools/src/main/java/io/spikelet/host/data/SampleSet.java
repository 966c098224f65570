package io.spikelet.host.data;

import io.spikelet.model.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One part of a labelled data set, in memory or decoded sample by sample. A sample is one frame or T frames of unsigned
 * bytes, channels first; an integer q means the real value {@code q / fullScale}. Safe for use by several threads.
 */
public final class SampleSet {
    /** Decodes samples that are not kept in memory; called by several threads at once. */
    @FunctionalInterface
    public interface Source {
        /** Writes one sample, all of its bytes, from {@code offset}. */
        void read(int sample, byte[] into, int offset) throws IOException;
    }

    private final String name;
    private final int classes;
    private final int fullScale;
    private final int[] sampleShape;
    private final int sampleBytes;
    private final byte[] labels;
    private final Source source;
    /** What {@link #source} gives, all of it; null where that is decoded. */
    private final byte[] inMemory;

    private SampleSet(
            String name, int classes, int fullScale, int[] sampleShape, byte[] labels, Source source, byte[] inMemory) {
        require(classes >= 1 && classes <= 256, "classes must be 1..256: classes=" + classes);
        require(fullScale >= 1 && fullScale <= 255, "full_scale must be 1..255: full_scale=" + fullScale);
        require(labels.length > 0, "a set holds at least one sample: count=0");
        long values = 1;
        for (int extent : sampleShape) {
            require(extent > 0, "extents are 1 or more: extent=" + extent);
            values = Math.multiplyExact(values, extent);
        }
        require(
                values <= SampleFile.MAX_VALUES,
                "a sample has at most " + SampleFile.MAX_VALUES + " values: " + values);
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            require(label < classes, "label must be 0.." + (classes - 1) + ": label " + label + " of sample " + i);
        }
        this.name = name;
        this.classes = classes;
        this.fullScale = fullScale;
        this.sampleShape = sampleShape.clone();
        this.sampleBytes = (int) values;
        this.labels = labels;
        this.source = source;
        this.inMemory = inMemory;
    }

    /**
     * Makes a set from arrays, which it keeps.
     *
     * @param name for messages and reports
     * @param classes 1..256
     * @param fullScale the integer that means 1.0, 1..255
     * @param sampleShape the extents of one sample
     * @param samples (count, sample) unsigned bytes; they may exceed the full scale
     * @param labels (count) unsigned bytes, each below the classes
     * @throws IllegalArgumentException when sizes do not fit or a label is no class
     */
    public static SampleSet of(
            String name, int classes, int fullScale, int[] sampleShape, byte[] samples, byte[] labels) {
        long count = labels.length;
        long values = count;
        for (int extent : sampleShape) {
            values = Math.multiplyExact(values, extent);
        }
        require(values == samples.length, "samples must hold " + values + " values: length=" + samples.length);
        int bytes = count == 0 ? 0 : (int) (values / count);
        Source source = (sample, into, offset) -> System.arraycopy(samples, sample * bytes, into, offset, bytes);
        return new SampleSet(name, classes, fullScale, sampleShape, labels, source, samples);
    }

    /**
     * Makes a set whose samples are decoded whenever they are asked for, so that a large one needs little memory.
     *
     * @param labels (count) unsigned bytes, each below the classes; kept
     * @throws IllegalArgumentException when a size or a label does not fit
     */
    public static SampleSet decoded(
            String name, int classes, int fullScale, int[] sampleShape, byte[] labels, Source source) {
        return new SampleSet(name, classes, fullScale, sampleShape, labels, source, null);
    }

    /**
     * Reads one part of a sample file, or of a folder of IDX files (see the package).
     *
     * @param split {@code train}, {@code calibration} or {@code test}; {@code train:FROM-TO} for the samples FROM to
     *     TO − 1 of it alone
     * @throws SampleFileException when the file is missing, is of neither kind, lacks the part or an attribute, is too
     *     large, or holds values of another shape or range
     */
    public static SampleSet read(Path file, String split) throws SampleFileException {
        return read(file, split, true);
    }

    /**
     * Reads samples whose classes nobody knows: the same file, of which the labels may be missing.
     *
     * @return a set whose labels mean nothing and are all 0
     */
    public static SampleSet readUnlabelled(Path file, String split) throws SampleFileException {
        return read(file, split, false);
    }

    private static SampleSet read(Path file, String split, boolean labelled) throws SampleFileException {
        Slice slice = Slice.of(split);
        SampleSet whole = IdxFolder.isMeantBy(file)
                ? IdxFolder.read(file, slice.part(), labelled)
                : SampleFile.read(file, slice.part(), labelled);
        return slice.of(whole, file);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public String name() {
        return name;
    }

    public int classes() {
        return classes;
    }

    /** The integer that means 1.0. */
    public int fullScale() {
        return fullScale;
    }

    /** The extents of one sample. */
    public int[] sampleShape() {
        return sampleShape.clone();
    }

    public int count() {
        return labels.length;
    }

    public int sampleBytes() {
        return sampleBytes;
    }

    /**
     * Holds the samples against what a network takes. As many values in another order, such as channels last, would be taken
     * without a sign and answered wrongly.
     *
     * @param input the network's
     * @param frames that a sample has one after another
     * @throws IllegalArgumentException when they do not fit
     */
    public void requireShape(Shape input, int frames) {
        String taken = (frames == 1 ? "" : frames + " frames of ") + input;
        int[] given = Arrays.stream(sampleShape).filter(extent -> extent > 1).toArray();
        int[] wanted = IntStream.of(frames, input.channels(), input.height(), input.width())
                .filter(extent -> extent > 1)
                .toArray();
        String shape = Arrays.stream(sampleShape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
        require(
                sampleBytes == (long) frames * input.size(),
                name + " has samples of " + shape + " values, and the network takes " + taken
                        + "; give the samples that it was made for");
        require(
                given.length != wanted.length || Arrays.equals(given, wanted),
                name + " has samples of " + shape + " values, and the network takes " + taken
                        + "; write them in that order, channels first");
    }

    /**
     * Writes one sample, {@link #sampleBytes()} unsigned bytes.
     *
     * @throws UncheckedIOException when a sample that is decoded cannot be
     */
    public void read(int sample, byte[] into, int offset) {
        try {
            source.read(sample, into, offset);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * (count, sampleBytes) unsigned bytes; the set's own array, or a new one where samples are decoded.
     *
     * @throws IllegalArgumentException when they are too many for one array
     */
    public byte[] samples() {
        if (inMemory != null) {
            return inMemory;
        }
        long bytes = (long) count() * sampleBytes;
        require(
                bytes <= SampleFile.MAX_VALUES,
                name + " has " + bytes + " bytes, too many at once; take fewer samples");
        byte[] all = new byte[(int) bytes];
        for (int i = 0; i < count(); i++) {
            read(i, all, offset(i));
        }
        return all;
    }

    /** Where a sample starts in {@link #samples()}. */
    public int offset(int sample) {
        return sample * sampleBytes;
    }

    public int label(int sample) {
        return labels[sample] & 0xff;
    }

    /** (count) unsigned bytes; the set's own array. */
    public byte[] labels() {
        return labels;
    }

    /** The first samples alone. */
    public SampleSet first(int wanted) {
        return range(0, wanted);
    }

    /** The same samples under another name. */
    public SampleSet named(String newName) {
        return new SampleSet(newName, classes, fullScale, sampleShape, labels, source, inMemory);
    }

    /** The samples {@code from} to {@code to − 1}. */
    SampleSet range(int from, int to) {
        byte[] some = Arrays.copyOfRange(labels, from, to);
        Source shifted = (sample, into, offset) -> source.read(from + sample, into, offset);
        byte[] bytes = inMemory == null ? null : Arrays.copyOfRange(inMemory, offset(from), offset(to));
        return bytes == null
                ? decoded(name, classes, fullScale, sampleShape, some, shifted)
                : of(name, classes, fullScale, sampleShape, bytes, some);
    }

    /** The same labels for other samples of the same shape, such as those of a changed sensor. */
    public SampleSet withSamples(String newName, byte[] newSamples) {
        return of(newName, classes, fullScale, sampleShape, newSamples, labels);
    }

    /** SHA-256 of all samples followed by all labels, hex. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] sample = new byte[sampleBytes];
            for (int i = 0; i < count(); i++) {
                read(i, sample, 0);
                digest.update(sample);
            }
            return HexFormat.of().formatHex(digest.digest(labels));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
