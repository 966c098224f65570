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
 * @param network the same for all forms of one file
 * @param bytes of the ONNX file
 * @param int8 whether it computes in integers
 */
record AnnModel(String name, String network, byte[] bytes, boolean int8) {

    /**
     * Reads ONNX files; each that is float is followed by its int8 forms, with weights of 8 and of 7 bits.
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
            boolean isFloat = AnnQuantiser.isFloat(bytes);
            models.add(new AnnModel(name, file, bytes, !isFloat));
            if (calibrate > 0 && isFloat) {
                List<byte[]> images =
                        LabelledImages.read(data, "train").first(calibrate).images();
                models.add(new AnnModel(name + ", int8", file, AnnQuantiser.quantise(bytes, images, pixels, 8), true));
                models.add(new AnnModel(
                        name + ", int8, 7-bit weights", file, AnnQuantiser.quantise(bytes, images, pixels, 7), true));
            }
        }
        return models;
    }

    OnnxContender contender(List<byte[]> samples, OnnxInputs pixels) {
        return new OnnxContender(name, bytes, samples, pixels, bytes.length);
    }
}
