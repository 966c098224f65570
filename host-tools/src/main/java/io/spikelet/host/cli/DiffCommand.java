package io.spikelet.host.cli;

import io.spikelet.host.diff.Comparison;
import io.spikelet.host.diff.GraphDiff;
import io.spikelet.host.diff.ImageDiff;
import io.spikelet.host.diff.SourceDiff;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet diff}: what differs between two models. */
@Command(
        name = "diff",
        description = {
            "Say what differs between two images, two graphs, or a graph and an image made of it: structure, shapes,"
                    + " weights, neuron parameters, settings, who made and signed them.",
            "Exit code 0: nothing differs (of a graph and an image: nothing but rounding); 1: something does; 2: a file"
                    + " cannot be compared."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet diff digits.img learned.img",
            "  spikelet diff digits-conv.nir digits.img"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;

    @Parameters(index = "0", paramLabel = "A", description = "A model image, or a trained model.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "What it is compared with.")
    private Path second;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    DiffCommand() {}

    @Override
    public Integer call() throws Exception {
        Comparison comparison;
        try {
            comparison = compare();
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException unreadable) {
            // 1 means that both were read and differ; an ImportException is bad input, 2.
            throw new ImportException(
                    first + " or " + second + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
        DiffText text = new DiffText(first.toString(), second.toString(), comparison);
        spec.commandLine().getOut().println(json ? text.json() : text.lines());
        return comparison.isNothing() ? SAME : DIFFERENT;
    }

    private Comparison compare() throws Exception {
        boolean firstIsImage = ImageFile.looksLikeAnImage(first);
        boolean secondIsImage = ImageFile.looksLikeAnImage(second);
        if (firstIsImage && secondIsImage) {
            ModelImage a = ImageFile.read(first);
            ModelImage b = ImageFile.read(second);
            return ImageDiff.of(a, ImageFile.network(first, a), b, ImageFile.network(second, b));
        }
        if (firstIsImage || secondIsImage) {
            Path image = firstIsImage ? first : second;
            Graph graph = GraphFiles.read(firstIsImage ? second : first);
            SpikingNetwork network = ImageFile.network(image, ImageFile.read(image));
            return SourceDiff.of(graph, network);
        }
        return GraphDiff.of(GraphFiles.read(first), GraphFiles.read(second));
    }
}
