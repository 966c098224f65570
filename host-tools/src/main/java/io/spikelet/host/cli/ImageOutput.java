package io.spikelet.host.cli;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Path;
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

    private ImageKey.Private signer;

    ImageOutput() {}

    /** Looks at folder and key before any work is done. */
    void prepare() throws IOException, MalformedDataException {
        ImageFile.requireFolder(output);
        signer = key == null ? null : ImageKey.Private.read(key);
    }

    /**
     * Wraps a payload, signs it if there is a key, and writes it.
     *
     * @return one line for a person
     */
    String write(byte[] payload, Version version) throws IOException {
        ModelImage image = ModelImage.unsigned(payload, version);
        ModelImage finished = signer == null ? image : image.sign(signer);
        ImageFile.write(output, finished.bytes());
        return output + ": version " + finished.version() + ", " + finished.size() + " bytes, "
                + (signer == null ? "NOT signed; 'spikelet sign' signs it" : "signed");
    }
}
