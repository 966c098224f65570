package io.spikelet.host.cli;

import io.spikelet.model.container.ImageKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet keygen}: a key pair that signs images. */
@Command(
        name = "keygen",
        description = "Make an Ed25519 key pair: NAME.pem signs images, NAME.pub.pem goes onto boards.",
        footer = {"", "Example:", "  spikelet keygen team"})
final class KeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Path and name of the new files, without ending.")
    private Path name;

    @Spec
    private CommandSpec spec;

    KeygenCommand() {}

    @Override
    public Integer call() throws IOException {
        Path secret = name.resolveSibling(name.getFileName() + ".pem");
        Path open = name.resolveSibling(name.getFileName() + ".pub.pem");
        ImageKey.Private key = ImageKey.Private.generate();
        key.write(secret);
        key.publicKey().write(open);
        var out = spec.commandLine().getOut();
        out.println("private key  " + secret + "   (keep it off the boards)");
        out.println("public key   " + open);
        out.println("key hash     " + HexFormat.of().formatHex(key.publicKey().keyHash()));
        return 0;
    }
}
