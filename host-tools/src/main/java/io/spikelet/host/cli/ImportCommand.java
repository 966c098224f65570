package io.spikelet.host.cli;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet import}: reads a trained model and says what is in it. */
@Command(
        name = "import",
        description =
                "Read a trained model (NIR, ONNX, or a lava-dl .net) and show what is in it, with what was repaired or"
                        + " lost.",
        footer = {
            "",
            "Examples:",
            "  spikelet import digits-conv.nir",
            "  spikelet import network.onnx",
            "  spikelet import oxford.net"
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A NIR, ONNX, layer (.json) or lava-dl .net file.")
    private Path model;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    ImportCommand() {}

    @Override
    public Integer call() throws ImportException {
        if (LavaImporter.isMeantBy(model)) {
            LavaNet net = LavaImporter.read(model);
            spec.commandLine().getOut().println(json ? LavaText.json(net) : LavaText.table(net));
            return 0;
        }
        Graph graph = GraphFiles.read(model);
        spec.commandLine().getOut().println(json ? GraphText.json(graph) : GraphText.table(graph));
        return 0;
    }
}
