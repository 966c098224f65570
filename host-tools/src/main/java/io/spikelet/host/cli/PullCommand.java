package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.container.Version;
import java.io.IOException;
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

    @Mixin
    private ImageOutput output;

    @Spec
    private CommandSpec spec;

    PullCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        output.prepare();
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
        spec.commandLine().getOut().println(output.write(payload, version));
        return 0;
    }
}
