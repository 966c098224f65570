package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.quantise.SelfTestSamples;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a new image goes, and who signs it: the options of all verbs that make one. */
final class ImageOutput {
    @Option(names = "--key", paramLabel = "FILE", description = "Private key, PEM; without it the image is not signed.")
    private Path key;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "IMAGE",
            description = "Where to write the image.")
    private Path output;

    @Option(
            names = "--self-tests",
            defaultValue = "" + SelfTestSamples.USUAL_COUNT,
            paramLabel = "N",
            description = "Samples whose answers a board must give before it serves the image, 0 to 16; of the given"
                    + " samples, else made up (default: ${DEFAULT-VALUE}). Boards of before format 7 take an image"
                    + " without alone.")
    private int selfTests;

    private ImageKey.Private signer;

    ImageOutput() {}

    /** Looks at folder and key before any work is done. */
    void prepare() throws IOException, MalformedDataException {
        ImageFile.requireFolder(output);
        signer = key == null ? null : ImageKey.Private.read(key);
    }

    /**
     * Records a network's self-tests, wraps it, signs it if there is a key, and writes it.
     *
     * @param samples to test it with, where there are any
     * @return one line for a person
     * @throws MalformedDataException when the network cannot run
     */
    String write(SpikingNetwork network, Optional<SampleSet> samples, Version version)
            throws IOException, MalformedDataException {
        SpikingNetwork tested = SelfTestSamples.record(network, samples, selfTests);
        ModelImage image = ModelImage.unsigned(NetworkCodec.encode(tested), version);
        ModelImage finished = signer == null ? image : image.sign(signer);
        ImageFile.write(output, finished.bytes());
        return output + ": version " + finished.version() + ", " + finished.size() + " bytes, "
                + tested.selfTests().size() + " self-tests, "
                + (signer == null ? "NOT signed; 'spikelet sign' signs it" : "signed");
    }
}
