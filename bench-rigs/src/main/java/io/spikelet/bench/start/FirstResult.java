package io.spikelet.bench.start;

import io.spikelet.bench.measure.PeakMemory;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that loads a model image, answers one sample, prints the class, and then its peak memory in KiB. It stands on
 * what a board has: the engine, the image reader, nothing else.
 */
public final class FirstResult {
    private FirstResult() {}

    /** @param arguments the image and the sample */
    public static void main(String[] arguments) throws Exception {
        ModelImage image = ModelImage.parse(Files.readAllBytes(Path.of(arguments[0])));
        SpikingNetwork network = NetworkCodec.decode(image.payload());
        Classifier classifier = Classifier.load(network, Kernels.BEST);
        Inference answer = Inference.forNetwork(network);
        classifier.infer(Files.readAllBytes(Path.of(arguments[1])), 0, answer);
        System.out.println(answer.predicted());
        System.out.println(PeakMemory.kibibytes());
    }
}
