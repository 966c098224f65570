package io.spikelet.host.cli;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.learned.LearnedGraph;
import io.spikelet.host.nir.NirExporter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet export}: writes a trained model as a NIR file that other tools read. */
@Command(
        name = "export",
        description = {
            "Write a trained model as NIR: nested graphs flattened, what was repaired at import corrected, every shape"
                    + " and parameter spelt out.",
            "What NIR has no node for is refused."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet export braille_subgraph.nir -o braille.nir",
            "  spikelet export digits.nir --learned pulled.img -o learned.nir"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A trained model, as 'spikelet import' reads it.")
    private Path model;

    @Option(
            names = "--learned",
            paramLabel = "IMAGE",
            description = "With the weights and biases of this image, made of the model and taught on a board.")
    private Path learned;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to write the NIR file.")
    private Path output;

    @Spec
    private CommandSpec spec;

    ExportCommand() {}

    @Override
    public Integer call() throws Exception {
        ImageFile.requireFolder(output);
        Graph trained = GraphFiles.read(model);
        Graph graph = learned == null
                ? trained
                : LearnedGraph.of(trained, ImageFile.network(learned, ImageFile.read(learned)));
        List<String> notes = NirExporter.write(graph, output);
        PrintWriter out = spec.commandLine().getOut();
        out.println(output + ": " + graph.nodes().size() + " nodes, " + GraphText.parameters(graph) + " parameters, "
                + Files.size(output) + " bytes");
        graph.warnings().forEach(note -> out.println("  note: " + note));
        notes.forEach(note -> out.println("  note: " + note));
        return 0;
    }
}
