package io.spikelet.host.onnx;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.onnx.wire.NodeProto;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a quantised ONNX file, as onnxruntime's static quantiser writes it, without quantising again: the weights of the
 * network are the file's own integers, and a quantised ReLU is a neuron that bursts once a code within its one time step
 * (docs/quantisation.md, Q9).
 *
 * @param network one time step; passes {@link NetworkCheck}
 * @param graph the same file in real numbers, to compare with
 * @param weights how many integers were taken as they are
 */
public record OnnxIntegers(SpikingNetwork network, Graph graph, long weights) {

    /** What a person should know, one sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(graph.warnings());
        notes.add(String.format(
                Locale.ROOT,
                "weights taken as they are: all %,d integers of %s, none rounded again",
                weights,
                graph.name()));
        return notes;
    }

    /**
     * Whether a file is quantised: any of its operators works on codes.
     *
     * @throws ImportException when it is no ONNX file
     */
    public static boolean areIn(ModelFile file) throws ImportException {
        return OnnxFile.parse(file).getNodeList().stream()
                .map(NodeProto::getOpType)
                .anyMatch(kind -> kind.startsWith("QLinear")
                        || kind.equals("QuantizeLinear")
                        || kind.equals("DequantizeLinear")
                        || kind.equals("QGemm"));
    }

    /**
     * Reads one file.
     *
     * @param name the network's name on the board
     * @param settings one time step, one frame, potentials read
     * @param inputFullScale the input integer that means 1.0, 1..255
     * @param tool what the provenance names as maker
     * @throws ImportException when it is no quantised file, or holds integers that a network cannot have as they are; one
     *     sentence names file and node
     */
    public static OnnxIntegers read(
            ModelFile file,
            String name,
            InferenceSettings settings,
            int inputFullScale,
            long securityCounter,
            String tool)
            throws ImportException {
        if (settings.timeSteps() != 1 || settings.readout().kind() != Readout.Kind.POTENTIAL) {
            throw new IllegalArgumentException("codes need one time step and a readout of potentials: timeSteps="
                    + settings.timeSteps() + " readout=" + settings.readout().kind());
        }
        GraphDraft draft = OnnxImporter.draft(file);
        Graph graph = OnnxImporter.graph(file, draft);
        SpikingNetwork empty = new SpikingNetwork(
                name,
                1,
                settings.encoder(),
                settings.readout(),
                List.of(),
                settings.profile().at(settings.dt()),
                Optional.empty(),
                securityCounter,
                new Provenance(graph.digest(), "", tool, Double.NaN, Double.NaN));
        IntegerAssembly assembly = IntegerAssembly.of(graph, draft, empty, inputFullScale);
        try {
            NetworkCheck.verify(assembly.network());
        } catch (MalformedDataException refused) {
            throw new ImportException(
                    file.name() + ": its network of integers would be refused: " + refused.getMessage(), refused);
        }
        return new OnnxIntegers(assembly.network(), graph, assembly.weights());
    }
}
