package io.spikelet.host.nir;

import io.jhdf.exceptions.HdfException;
import io.spikelet.host.WholeFile;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.NodeParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Writes a {@link Graph} as a NIR file that other tools read too: flat, every shape and every parameter spelt out.
 *
 * <ul>
 *   <li>Neuron parameters, thresholds, scales and delays get the shape of what reaches their node.
 *   <li>Convolutions get an input shape and a bias of 0 where they had none; over lines they are Conv1d.
 *   <li>A maximum pool of spikes becomes a SumPool2d and a Threshold of 0.5, the OR of each window (docs/equations.md,
 *       D9). Other maximum pools and ReLU are refused.
 *   <li>The discretisation profile is not written: NIR has no field for it.
 * </ul>
 */
public final class NirExporter {
    private NirExporter() {}

    /**
     * Writes one file, whole or not at all, after it was read again and found to hold the same graph.
     *
     * @param graph any graph that an importer gives
     * @param file in a folder that is there; what it held is replaced
     * @return what had to be said otherwise, one sentence each
     * @throws NirExportException when NIR has no node for one of the graph's, or the graph does not fit together
     * @throws IOException when the file cannot be written
     */
    public static List<String> write(Graph graph, Path file) throws NirExportException, IOException {
        List<String> notes = new ArrayList<>();
        NirForm form = formOf(graph, notes);
        WholeFile.write(file, draft -> {
            try {
                NirWriter.write(form, draft);
            } catch (HdfException failed) {
                throw new IOException(file + " cannot be written as HDF5 (" + failed.getMessage() + ")", failed);
            }
            requireSame(form.graph(), draft, file);
        });
        return notes;
    }

    private static NirForm formOf(Graph graph, List<String> notes) throws NirExportException {
        try {
            return NirForm.of(SpikeMaxima.asSums(NirNames.allowed(graph, notes), notes));
        } catch (InvalidGraphException doesNotFit) {
            throw new NirExportException(graph.name() + ": " + doesNotFit.getMessage(), doesNotFit);
        }
    }

    /** The library's writer is young, and a model that was silently changed costs more than reading it once. */
    private static void requireSame(Graph wanted, Path draft, Path file) throws IOException {
        Graph found;
        try {
            found = NirImporter.read(draft);
        } catch (ImportException unreadable) {
            throw new IOException(
                    file + " was not written, what came out cannot be read: " + unreadable.getMessage(), unreadable);
        }
        boolean sameNodes = wanted.nodes().keySet().equals(found.nodes().keySet())
                && wanted.nodes().entrySet().stream()
                        .allMatch(
                                node -> NodeParts.of(node.getValue()).equalTo(NodeParts.of(found.node(node.getKey()))));
        if (!sameNodes || !new HashSet<>(wanted.edges()).equals(new HashSet<>(found.edges()))) {
            throw new IOException(file + " was not written, what came out is another graph; please report this model");
        }
    }
}
