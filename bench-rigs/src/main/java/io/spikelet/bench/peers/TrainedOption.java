package io.spikelet.bench.peers;

import io.spikelet.bench.measure.InterleavedRounds;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** A trained pair in place of the workloads. */
final class TrainedOption {
    @Option(names = "--model", required = true, paramLabel = "IMAGE", description = "A model image of ours.")
    private Path model;

    @Option(
            names = "--ann",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "An ONNX file for the same task, float or int8; several with commas between.")
    private List<Path> anns;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Test images and labels in gzipped IDX files, t10k-…-ubyte.gz.")
    private Path data;

    @Option(
            names = "--limit",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Only the first N images (default: all, at most ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--calibrate",
            defaultValue = "256",
            paramLabel = "N",
            description = "Quantise each float model to int8 too, on the first N training images; 0 does not"
                    + " (default: ${DEFAULT-VALUE}).")
    private int calibrate;

    @Option(
            names = "--mean",
            defaultValue = "0",
            description = "Float models get (pixel / 255 - mean) / deviation (default: ${DEFAULT-VALUE}).")
    private float mean;

    @Option(names = "--deviation", defaultValue = "1", description = "See --mean (default: ${DEFAULT-VALUE}).")
    private float deviation;

    TrainedOption() {}

    TrainedPair pair(InterleavedRounds rounds) {
        if (limit < 1 || calibrate < 0 || !(deviation > 0) || !(mean >= 0 && mean <= 1)) {
            throw new IllegalArgumentException(
                    "--limit must be 1 or more, --calibrate 0 or more, --deviation above 0, --mean 0..1: limit=" + limit
                            + " calibrate=" + calibrate + " deviation=" + deviation + " mean=" + mean);
        }
        return new TrainedPair(
                model.toString(),
                anns.stream().map(Path::toString).toList(),
                data.toString(),
                limit,
                calibrate,
                mean,
                deviation,
                rounds);
    }
}
