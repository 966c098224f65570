package io.spikelet.host.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the HDF5 form of a {@link SampleSet}. Sizes are bounded before anything is allocated for them. */
final class SampleFile {
    /** The most values of one part; jhdf needs 4 bytes for each while it reads. */
    static final long MAX_VALUES = 1L << 26;

    private static final int MAX_RANK = 8;

    private final Path file;

    private SampleFile(Path file) {
        this.file = file;
    }

    /** @param labelled whether labels are wanted; without, {@code y} is neither needed nor read */
    static SampleSet read(Path file, String split, boolean labelled) throws SampleFileException {
        if (!Files.isRegularFile(file)) {
            throw new SampleFileException(file + ": there is no such file; check the path");
        }
        SampleFile reader = new SampleFile(file);
        // The HDF5 reader trusts its input: a damaged file can raise any of these, at opening or at any field.
        try (HdfFile hdf = new HdfFile(file)) {
            return reader.part(hdf, split, labelled);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new SampleFileException(
                    file + ": is not a readable HDF5 file (" + damaged.getMessage() + "); write it again", damaged);
        }
    }

    private SampleSet part(HdfFile hdf, String split, boolean labelled) throws SampleFileException {
        if (!(hdf.getChildren().get(split) instanceof Group group)) {
            throw fault(
                    "has no group '" + split + "' but " + hdf.getChildren().keySet() + "; choose one that is there");
        }
        Dataset x = dataset(group, "x");
        int[] extents = x.getDimensions();
        int[] count = labelled ? dataset(group, "y").getDimensions() : Arrays.copyOf(extents, 1);
        if (extents.length < 2 || extents.length > MAX_RANK || count.length != 1 || extents[0] != count[0]) {
            throw fault("in '" + split + "' x has shape " + Arrays.toString(extents) + " and y "
                    + Arrays.toString(count) + "; they must be (N, ...) and (N)");
        }
        byte[] samples = bytes(x, split + "/x");
        byte[] labels = labelled ? bytes(dataset(group, "y"), split + "/y") : new byte[extents[0]];
        int classes = integer(hdf, "classes");
        int fullScale = integer(hdf, "full_scale");
        try {
            int[] shape = Arrays.copyOfRange(extents, 1, extents.length);
            return SampleSet.of(text(hdf, "name") + " (" + split + ")", classes, fullScale, shape, samples, labels);
        } catch (IllegalArgumentException doesNotFit) {
            throw new SampleFileException(
                    file + ": in '" + split + "' " + doesNotFit.getMessage() + "; write the file again", doesNotFit);
        }
    }

    private Dataset dataset(Group group, String name) throws SampleFileException {
        Node node = group.getChildren().get(name);
        if (node instanceof Dataset dataset && !dataset.isLink()) {
            return dataset;
        }
        throw fault("has no dataset '" + name + "' in '" + group.getName() + "'; write x and y there");
    }

    private byte[] bytes(Dataset dataset, String name) throws SampleFileException {
        long size = 1;
        for (int extent : dataset.getDimensions()) {
            size = extent < 1 || size > MAX_VALUES ? 0 : size * extent;
        }
        if (size < 1 || size > MAX_VALUES) {
            throw fault("'" + name + "' has shape " + Arrays.toString(dataset.getDimensions()) + "; it must hold 1 to "
                    + MAX_VALUES + " values");
        }
        Class<?> type = dataset.getJavaType();
        if (type != byte.class && type != short.class && type != int.class && type != long.class) {
            throw fault("'" + name + "' holds " + type.getSimpleName() + " values; write uint8");
        }
        Object flat = dataset.getDataFlat();
        byte[] bytes = new byte[(int) size];
        for (int i = 0; i < bytes.length; i++) {
            long value = Array.getLong(flat, i);
            if (value < 0 || value > 255) {
                throw fault("'" + name + "' holds " + value + " at index " + i + "; values must be 0..255");
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private int integer(HdfFile hdf, String name) throws SampleFileException {
        Attribute attribute = hdf.getAttributes().get(name);
        if (attribute != null
                && attribute.getData() instanceof Number number
                && number.longValue() == number.intValue()) {
            return number.intValue();
        }
        throw fault("has no integer attribute '" + name + "' at its root; write it");
    }

    private String text(HdfFile hdf, String name) throws SampleFileException {
        Attribute attribute = hdf.getAttributes().get(name);
        if (attribute != null && attribute.getData() instanceof String text && text.length() <= 128) {
            return text;
        }
        throw fault("has no text attribute '" + name + "' of at most 128 characters at its root; write it");
    }

    private SampleFileException fault(String what) {
        return new SampleFileException(file + ": " + what);
    }
}
