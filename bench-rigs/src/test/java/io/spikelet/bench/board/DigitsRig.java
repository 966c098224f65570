package io.spikelet.bench.board;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Patience;
import io.spikelet.host.link.Target;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The bundled digits as signed images, and a board that trusts their key: what the tests of whole boards begin with. */
final class DigitsRig {
    static final String NAME = "rig";

    private static final int TIME_STEPS = 4;
    private static final int POPULATION = 5;
    private static final float LEARNING_RATE = 0x1p-7f;
    private static final float LOGIT_GAIN = 1;

    private final Path home;
    private final Path folder;
    private final ImageKey.Private key = ImageKey.Private.generate();
    private final Graph graph;
    private final SampleSet samples;

    private DigitsRig(Path home, Path folder) throws Exception {
        this.home = home;
        this.folder = folder;
        graph = NirImporter.read(model());
        samples = SampleSet.read(digits(), "calibration");
    }

    /** Provisions a board whose data, log and key lie in {@code folder}. */
    static DigitsRig in(Path folder) throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException(
                    "run this through 'mvn verify', or give -Dspikelet.home=FOLDER, the repository's root");
        }
        DigitsRig rig = new DigitsRig(Path.of(home), folder);
        rig.key.write(rig.privateKey());
        rig.key.publicKey().write(rig.publicKey());
        BoardProcess.provision(rig.home, rig.data(), NAME, rig.publicKey());
        return rig;
    }

    Path privateKey() {
        return folder.resolve("rig.pem");
    }

    Path publicKey() {
        return folder.resolve("rig.pub.pem");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** What the images are quantised from. */
    Path model() {
        return home.resolve("bench-rigs/zoo/models/digits-conv.nir");
    }

    Path digits() {
        return home.resolve("bench-rigs/zoo/data/digits.h5");
    }

    SampleSet samples() {
        return samples;
    }

    /** The network of the images with this security counter. */
    SpikingNetwork network(long securityCounter) throws Exception {
        QuantiseOptions options = QuantiseOptions.of(
                        "digits-conv",
                        new InferenceSettings(
                                Profile.SNNTORCH,
                                Profile.DEFAULT_DT,
                                TIME_STEPS,
                                Encoder.DIRECT,
                                new Readout(samples.classes(), POPULATION)),
                        samples.fullScale())
                .withLearning(LEARNING_RATE, LOGIT_GAIN)
                .withSecurityCounter(securityCounter);
        return Quantiser.convert(graph, options);
    }

    ModelImage unsigned(String version, long securityCounter) throws Exception {
        return ModelImage.unsigned(NetworkCodec.encode(network(securityCounter)), Version.parse(version));
    }

    ModelImage signed(String version, long securityCounter) throws Exception {
        return unsigned(version, securityCounter).sign(key);
    }

    /** Starts the board on its data folder, as it was left. */
    BoardProcess start(String... links) throws IOException {
        return BoardProcess.start(home, data(), folder.resolve("board.log"), List.of(links));
    }

    /** A client that asks once, so that a test sees each answer that does not come. */
    static BoardClient clientAskingOnce(String path) throws IOException {
        return Links.open(Target.parse("serial:" + path), LinkSettings.NONE, new Patience(5000, 1, 1));
    }
}
