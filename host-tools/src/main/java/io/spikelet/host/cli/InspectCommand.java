package io.spikelet.host.cli;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ImageRefusedException;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet inspect}: looks into an image or a graph. */
@Command(
        name = "inspect",
        description = "Look into a model image (or a NIR, ONNX or .net file); with --key, check who signed it.",
        footer = {"", "Example:", "  spikelet inspect digits.img --key team.pub.pem"})
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A model image, or a NIR, ONNX or lava-dl .net file.")
    private Path file;

    @Option(names = "--key", paramLabel = "FILE", description = "Public key, PEM, that must have signed the image.")
    private Path key;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    InspectCommand() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (!ImageFile.looksLikeAnImage(file)) {
            if (LavaImporter.isMeantBy(file)) {
                LavaNet net = LavaImporter.read(file);
                out.println(json ? LavaText.json(net) : LavaText.table(net));
                return 0;
            }
            var graph = GraphFiles.read(file);
            out.println(json ? GraphText.json(graph) : GraphText.table(graph));
            return 0;
        }
        ModelImage image = ImageFile.read(file);
        String signature = signature(image);
        SpikingNetwork network = ImageFile.network(file, image);
        if (json) {
            printJson(out, image, signature, network);
        } else {
            printText(out, image, signature, network);
        }
        return 0;
    }

    private String signature(ModelImage image) throws IOException, MalformedDataException, ImageRefusedException {
        if (key == null) {
            return image.isSigned() ? "present, not checked (--key checks it)" : "none";
        }
        try {
            image.verify(List.of(ImageKey.Public.read(key)));
        } catch (ImageRefusedException e) {
            throw new ImageRefusedException(e.reason(), file + " is not by " + key + ": " + e.getMessage());
        }
        return "valid, by " + key;
    }

    private static void printText(PrintWriter out, ModelImage image, String signature, SpikingNetwork network) {
        out.println("model             " + network.name() + " " + image.version());
        out.println("hash              " + HexFormat.of().formatHex(image.digest()));
        out.println("signature         " + signature);
        out.println("bytes             " + image.size());
        out.println("security counter  " + network.securityCounter());
        out.println("time steps        " + network.timeSteps() + ", encoder "
                + network.encoder().word() + ", profile "
                + network.discretisation().profile()
                + (network.discretisation().dt() == 0
                        ? ", no time in seconds"
                        : ", dt " + network.discretisation().dt() + " s"));
        out.println("readout           " + network.readout().classes() + " classes of "
                + network.readout().population()
                + (network.readout().kind() == Readout.Kind.POTENTIAL ? " potentials" : " neurons"));
        out.println("learning          "
                + network.learning()
                        .map(rule -> "layers " + rule.layers() + ", rate " + rule.learningRate() + ", logit gain "
                                + rule.logitGain())
                        .orElse("none"));
        out.println("made by           " + network.provenance().tool() + " from "
                + network.provenance().sourceDigest());
        out.println();
        out.printf(
                "  %3s %-18s %-10s %-12s %-8s %10s  %s%n", "#", "layer", "kind", "output", "weights", "bytes", "from");
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            Optional<StoredWeights> weights = StoredWeights.of(layer);
            out.printf(
                    "  %3d %-18s %-10s %-12s %-8s %10s  %s%n",
                    i,
                    layer.name(),
                    layer.operation().getClass().getSimpleName(),
                    layer.shape(),
                    weights.map(stored -> WeightsOption.word(stored.kind())).orElse(""),
                    weights.map(stored -> Long.toString(stored.bytes())).orElse(""),
                    from(layer));
        }
    }

    private static String from(Layer layer) {
        return String.join(
                ", ",
                layer.inputs().stream()
                        .map(edge -> edge.source() + (edge.delay() > 0 ? " (one step late)" : ""))
                        .toList());
    }

    private static void printJson(PrintWriter out, ModelImage image, String signature, SpikingNetwork network) {
        out.println(Json.object(fields -> {
            fields.writeStringField("name", network.name());
            fields.writeStringField("version", image.version().toString());
            fields.writeStringField("hash", HexFormat.of().formatHex(image.digest()));
            fields.writeStringField("signature", signature);
            fields.writeNumberField("bytes", image.size());
            fields.writeNumberField("security_counter", network.securityCounter());
            fields.writeNumberField("time_steps", network.timeSteps());
            fields.writeStringField("profile", network.discretisation().profile());
            fields.writeNumberField("classes", network.readout().classes());
            fields.writeNumberField("population", network.readout().population());
            fields.writeBooleanField("learns", network.learning().isPresent());
            fields.writeArrayFieldStart("layers");
            for (Layer layer : network.layers()) {
                fields.writeStartObject();
                fields.writeStringField("name", layer.name());
                fields.writeStringField("kind", layer.operation().getClass().getSimpleName());
                fields.writeStringField("output", layer.shape().toString());
                fields.writeNumberField("maximum", layer.output().maximum());
                if (StoredWeights.of(layer).isPresent()) {
                    StoredWeights weights = StoredWeights.of(layer).get();
                    fields.writeStringField("weights", WeightsOption.word(weights.kind()));
                    fields.writeNumberField("weight_bytes", weights.bytes());
                }
                if (layer.operation() instanceof Operation.Neuron neuron) {
                    fields.writeNumberField("membrane_maximum", neuron.membraneMaximum());
                }
                fields.writeEndObject();
            }
            fields.writeEndArray();
        }));
    }
}
