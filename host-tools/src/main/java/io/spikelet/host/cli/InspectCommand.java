package io.spikelet.host.cli;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ImageRefusedException;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet inspect}: looks into an image or a graph. */
@Command(
        name = "inspect",
        description = "Look into a model image (or a NIR, ONNX or .net file); with --key, check who signed it.",
        footer = {"", "Example:", "  spikelet inspect digits.img --key team.pub.pem"})
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A model image, or a NIR, ONNX, layer (.json) or lava-dl .net file.")
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
            if (key != null) {
                throw new ParameterException(
                        spec.commandLine(), file + " is no model image; only images are signed, so leave --key");
            }
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
        ImageText text = new ImageText(image, signature, network);
        out.println(json ? text.json() : text.table());
        return 0;
    }

    private String signature(ModelImage image) throws IOException, MalformedDataException, ImageRefusedException {
        if (key == null) {
            return image.signer()
                    .map(hash -> "by key " + HexFormat.of().formatHex(hash, 0, 8) + ", not checked (--key checks it)")
                    .orElse("none");
        }
        try {
            image.verify(List.of(ImageKey.Public.read(key)));
        } catch (ImageRefusedException e) {
            throw new ImageRefusedException(e.reason(), file + " is not by " + key + ": " + e.getMessage());
        }
        return "valid, by " + key;
    }
}
