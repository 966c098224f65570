package io.spikelet.host.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * MNIST's four files, as Fashion-MNIST and others copied them: {@code train-images-idx3-ubyte},
 * {@code train-labels-idx1-ubyte}, and {@code t10k} for {@code test}; each plain or with {@code .gz}.
 */
final class IdxFolder {
    /** Training images that serve as {@code calibration}, the first ones. */
    static final int CALIBRATION_SAMPLES = 1000;

    private static final int CLASSES = 10;
    private static final int FULL_SCALE = 255;

    private IdxFolder() {}

    /** Whether a path is a folder of IDX files or one of them; nothing is opened to find out. */
    static boolean isMeantBy(Path path) {
        if (Files.isDirectory(path)) {
            return true;
        }
        return path.getFileName() != null
                && path.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*idx[13]-ubyte(\\.gz)?");
    }

    /**
     * Reads one part.
     *
     * @param path the folder, or the file of images
     * @param part {@code train}, {@code test}, or {@code calibration} for the first training images
     * @param labelled whether labels are wanted
     */
    static SampleSet read(Path path, String part, boolean labelled) throws SampleFileException {
        String prefix = switch (part) {
            case "train", "calibration" -> "train";
            case "test" -> "t10k";
            default ->
                throw new SampleFileException(path + ": IDX files have the parts train, calibration and test, not '"
                        + part + "'; choose one of these, or train:FROM-TO");
        };
        Path images = images(path, prefix, part);
        IdxFile pixels = IdxFile.read(images, 3);
        byte[] labels = new byte[pixels.extents()[0]];
        if (labelled) {
            Path labelFile = present(images.resolveSibling(prefix + "-labels-idx1-ubyte"));
            labels = IdxFile.read(labelFile, 1).values();
            if (labels.length != pixels.extents()[0]) {
                throw new SampleFileException(labelFile + ": holds " + labels.length + " labels for the "
                        + pixels.extents()[0] + " images of " + images.getFileName()
                        + "; take both files from the same set");
            }
        }
        Path folder = images.toAbsolutePath().normalize().getParent();
        String name = (folder.getFileName() == null ? "idx" : folder.getFileName()) + " (" + part + ")";
        try {
            SampleSet set = SampleSet.of(
                    name, CLASSES, FULL_SCALE, Arrays.copyOfRange(pixels.extents(), 1, 3), pixels.values(), labels);
            return part.equals("calibration") ? set.first(Math.min(CALIBRATION_SAMPLES, set.count())) : set;
        } catch (IllegalArgumentException doesNotFit) {
            throw new SampleFileException(
                    images + ": " + doesNotFit.getMessage() + "; take labels and images of ten classes", doesNotFit);
        }
    }

    private static Path images(Path path, String prefix, String part) throws SampleFileException {
        if (Files.isDirectory(path)) {
            return present(path.resolve(prefix + "-images-idx3-ubyte"));
        }
        if (!Files.isRegularFile(path)) {
            throw new SampleFileException(path + ": there is no such file; check the path");
        }
        if (!path.getFileName().toString().startsWith(prefix + "-images-idx3-ubyte")) {
            throw new SampleFileException(path + ": does not hold the images of '" + part + "', which are in " + prefix
                    + "-images-idx3-ubyte; give that file, its folder, or another --split");
        }
        return path;
    }

    /** The file itself, or the one with {@code .gz} behind its name. */
    private static Path present(Path plain) throws SampleFileException {
        Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
        if (Files.isRegularFile(plain)) {
            return plain;
        }
        if (Files.isRegularFile(packed)) {
            return packed;
        }
        throw new SampleFileException(plain + ": there is no such file, nor one with .gz behind its name; put the IDX"
                + " files into one folder, or give an HDF5 file");
    }
}
