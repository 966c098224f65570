package io.spikelet.bench.peers;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images and their classes, from a folder of IDX files.
 *
 * @param images (count) of (pixels) uint8 each
 * @param labels (count) unsigned bytes
 */
record LabelledImages(List<byte[]> images, byte[] labels) {
    LabelledImages {
        images = List.copyOf(images);
    }

    /**
     * @param part {@code train} or {@code t10k}
     * @throws MalformedDataException when files are damaged or do not belong together
     */
    static LabelledImages read(Path folder, String part) throws IOException, MalformedDataException {
        IdxFile images = IdxFile.read(folder.resolve(part + "-images-idx3-ubyte.gz"));
        IdxFile labels = IdxFile.read(folder.resolve(part + "-labels-idx1-ubyte.gz"));
        if (images.count() != labels.count() || labels.size() != 1) {
            throw new MalformedDataException(
                    4, folder + " has " + images.count() + " images and " + labels.count() + " labels of " + part);
        }
        List<byte[]> each = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            each.add(Arrays.copyOfRange(images.values(), i * images.size(), (i + 1) * images.size()));
        }
        return new LabelledImages(each, labels.values());
    }

    LabelledImages first(int wanted) {
        int count = Math.min(wanted, labels.length);
        return new LabelledImages(images.subList(0, count), Arrays.copyOf(labels, count));
    }
}
