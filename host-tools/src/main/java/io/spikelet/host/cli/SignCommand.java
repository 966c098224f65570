package io.spikelet.host.cli;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet sign}: signs an image, in place of any signature it had. */
@Command(
        name = "sign",
        description = "Sign a model image with an Ed25519 key.",
        footer = {"", "Example:", "  spikelet sign digits.img --key team.pem -o digits-signed.img"})
final class SignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "The image to sign.")
    private Path image;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "Private key, PEM.")
    private Path key;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; the image itself by default.")
    private Path output;

    @Spec
    private CommandSpec spec;

    SignCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        Path target = output == null ? image : output;
        ImageFile.requireFolder(target);
        ModelImage signed = ImageFile.read(image).sign(ImageKey.Private.read(key));
        ImageFile.write(target, signed.bytes());
        spec.commandLine()
                .getOut()
                .println(target + ": version " + signed.version() + ", " + signed.size() + " bytes, hash "
                        + HexFormat.of().formatHex(signed.digest()));
        return 0;
    }
}
