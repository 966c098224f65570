package io.spikelet.host.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One part of a labelled data set, in memory. A sample is one frame or T frames of unsigned bytes, channels first; an
 * integer q means the real value {@code q / fullScale}.
 */
public final class SampleSet {
    private final String name;
    private final int classes;
    private final int fullScale;
    private final int[] sampleShape;
    private final int sampleBytes;
    private final byte[] samples;
    private final byte[] labels;

    private SampleSet(String name, int classes, int fullScale, int[] sampleShape, byte[] samples, byte[] labels) {
        this.name = name;
        this.classes = classes;
        this.fullScale = fullScale;
        this.sampleShape = sampleShape;
        this.samples = samples;
        this.labels = labels;
        sampleBytes = samples.length / labels.length;
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
        require(classes >= 1 && classes <= 256, "classes must be 1..256: classes=" + classes);
        require(fullScale >= 1 && fullScale <= 255, "full_scale must be 1..255: full_scale=" + fullScale);
        require(labels.length > 0, "a set holds at least one sample: count=0");
        long values = labels.length;
        for (int extent : sampleShape) {
            require(extent > 0, "extents are 1 or more: extent=" + extent);
            values = Math.multiplyExact(values, extent);
        }
        require(values == samples.length, "samples must hold " + values + " values: length=" + samples.length);
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            require(label < classes, "label must be 0.." + (classes - 1) + ": label " + label + " of sample " + i);
        }
        return new SampleSet(name, classes, fullScale, sampleShape.clone(), samples, labels);
    }

    /**
     * Reads one part of a sample file (see the package).
     *
     * @param split {@code train}, {@code calibration} or {@code test}
     * @throws SampleFileException when the file is missing, is no HDF5, lacks the part or an attribute, is too large,
     *     or holds values of another shape or range
     */
    public static SampleSet read(Path file, String split) throws SampleFileException {
        return SampleFile.read(file, split, true);
    }

    /**
     * Reads samples whose classes nobody knows: the same file, of which {@code y} may be missing.
     *
     * @return a set whose labels mean nothing and are all 0
     */
    public static SampleSet readUnlabelled(Path file, String split) throws SampleFileException {
        return SampleFile.read(file, split, false);
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

    /** (count, sampleBytes) unsigned bytes; the set's own array. */
    public byte[] samples() {
        return samples;
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
        return of(
                name,
                classes,
                fullScale,
                sampleShape,
                Arrays.copyOf(samples, wanted * sampleBytes),
                Arrays.copyOf(labels, wanted));
    }

    /** The same labels for other samples of the same shape, such as those of a changed sensor. */
    public SampleSet withSamples(String newName, byte[] newSamples) {
        return of(newName, classes, fullScale, sampleShape, newSamples, labels);
    }

    /** SHA-256 of all samples followed by all labels, hex. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(samples);
            return HexFormat.of().formatHex(digest.digest(labels));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
