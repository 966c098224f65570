package io.spikelet.bench.peers;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A conventional network to compare with.
 *
 * @param name for tables
 * @param bytes of the ONNX file
 */
record AnnModel(String name, byte[] bytes) {

    /**
     * Reads ONNX files; each that is float is followed by its int8 form.
     *
     * @param data folder with the training images
     * @param calibrate how many of them the quantisation sees; 0 leaves float models alone
     */
    static List<AnnModel> read(List<String> files, Path data, int calibrate, OnnxInputs pixels)
            throws IOException, MalformedDataException {
        List<AnnModel> models = new ArrayList<>();
        for (String file : files) {
            Path path = Path.of(file);
            byte[] bytes = Files.readAllBytes(path);
            String name = "ONNX Runtime " + path.getFileName();
            models.add(new AnnModel(name, bytes));
            if (calibrate > 0 && AnnQuantiser.isFloat(bytes)) {
                List<byte[]> images =
                        LabelledImages.read(data, "train").first(calibrate).images();
                models.add(new AnnModel(name + ", int8", AnnQuantiser.quantise(bytes, images, pixels)));
            }
        }
        return models;
    }

    OnnxContender contender(List<byte[]> samples, OnnxInputs pixels) {
        return new OnnxContender(name, bytes, samples, pixels, bytes.length);
    }
}
