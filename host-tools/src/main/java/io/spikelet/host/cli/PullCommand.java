package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet pull}: brings the network that serves, with what it learned, back as an image. */
@Command(
        name = "pull",
        description = "Bring what a board serves, with what it learned, back as a model image.",
        footer = {
            "",
            "Example:",
            "  spikelet pull --to serial:/dev/ttyACM0 --model-version 1.0.1 --key team.pem -o learned.img"
        })
final class PullCommand implements Callable<Integer> {
    @Mixin
    private BoardOption board;

    @Option(names = "--model-version", required = true, paramLabel = "X.Y.Z[+B]", description = "The image's version.")
    private Version version;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key, PEM; without it the image is not signed.")
    private Path key;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "IMAGE",
            description = "Where to write the image.")
    private Path output;

    @Spec
    private CommandSpec spec;

    PullCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        ImageFile.requireFolder(output);
        ImageKey.Private signer = key == null ? null : ImageKey.Private.read(key);
        byte[] payload;
        try (BoardClient client = board.open()) {
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "pulling");
            try {
                payload = client.pullModel(progress::at);
            } finally {
                progress.done();
            }
        }
        NetworkCheck.verify(NetworkCodec.decode(payload));
        ModelImage image = ModelImage.unsigned(payload, version);
        ModelImage finished = signer == null ? image : image.sign(signer);
        ImageFile.write(output, finished.bytes());
        spec.commandLine()
                .getOut()
                .println(output + ": version " + version + ", " + finished.size() + " bytes, "
                        + (signer == null ? "NOT signed" : "signed"));
        return 0;
    }
}
