package io.spikelet.host.cli;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.learned.LearnedGraph;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.nir.NirExporter;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.Version;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
            "Without --key the image is not signed, and no board that asks for signatures takes it.",
            "",
            "Examples:",
            "  spikelet pull --to serial:/dev/ttyACM0 --model-version 1.0.1 --key team.pem -o learned.img",
            "  spikelet pull --to serial:/dev/ttyACM0 --model-version 1.0.1 -o learned.img --nir learned.nir --trained"
                    + " digits.nir"
        })
final class PullCommand implements Callable<Integer> {
    @Mixin
    private BoardOption board;

    @Option(names = "--model-version", required = true, paramLabel = "X.Y.Z[+B]", description = "The image's version.")
    private Version version;

    @Mixin
    private ImageOutput output;

    @Option(
            names = "--nir",
            paramLabel = "FILE",
            description = "Also write it as NIR: the trained model with what the board learned; needs --trained.")
    private Path nir;

    @Option(names = "--trained", paramLabel = "MODEL", description = "The model that the image was quantised from.")
    private Path trained;

    @Spec
    private CommandSpec spec;

    PullCommand() {}

    @Override
    public Integer call() throws Exception {
        if ((nir == null) != (trained == null)) {
            throw new IllegalArgumentException("--nir and --trained go together");
        }
        if (nir != null) {
            ImageFile.requireFolder(nir);
        }
        output.prepare();
        Graph model = trained == null ? null : GraphFiles.read(trained);
        byte[] payload;
        try (BoardClient client = board.open()) {
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "pulling");
            try {
                payload = client.pullModel(progress::at);
            } finally {
                progress.done();
            }
        }
        SpikingNetwork learned = NetworkCodec.decode(payload);
        NetworkCheck.verify(learned);
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.write(learned, Optional.empty(), version));
        if (model != null) {
            NirExporter.write(LearnedGraph.of(model, learned), nir).forEach(note -> out.println("  note: " + note));
            out.println(nir + ": " + Files.size(nir) + " bytes");
        }
        return 0;
    }
}
