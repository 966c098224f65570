package io.spikelet.bench.powercut;

import io.spikelet.bench.guard.GuardedDigits;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.quantise.SelfTestSamples;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Provenance;
import io.spikelet.model.SelfTest;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images of the bundled digits that differ in their origin alone, signed, and one whose self-test no engine passes. */
final class FlashImages {
    private static final int GOOD = 6;

    private final List<ModelImage> good = new ArrayList<>();
    private final ModelImage bad;
    private final Map<String, byte[]> payloads = new LinkedHashMap<>();

    FlashImages(Path zoo, ImageKey.Private key) throws Exception {
        SampleSet train = SampleSet.read(zoo.resolve("data/digits.h5"), "train");
        SpikingNetwork network = SelfTestSamples.record(
                GuardedDigits.network(zoo, train).withLearning(Optional.empty()), Optional.of(train), 4);
        for (int i = 1; i <= GOOD; i++) {
            Provenance made = new Provenance("image " + i, "", "spikelet bench flashcut", Double.NaN, Double.NaN);
            good.add(image(network.withProvenance(made), i, key));
        }
        SelfTest right = network.selfTests().getFirst();
        SelfTest wrong = new SelfTest(right.sample(), right.spikes(), right.scores(), right.totalSpikes() + 1);
        bad = image(network.withSelfTests(List.of(wrong)), GOOD + 1, key);
    }

    private ModelImage image(SpikingNetwork network, int version, ImageKey.Private key) {
        byte[] payload = NetworkCodec.encode(network);
        ModelImage image =
                ModelImage.unsigned(payload, new Version(version, 0, 0, 0)).sign(key);
        payloads.put(hash(image), payload);
        return image;
    }

    static String hash(ModelImage image) {
        return HexFormat.of().formatHex(image.digest());
    }

    List<ModelImage> good() {
        return good;
    }

    ModelImage bad() {
        return bad;
    }

    boolean isBad(String hash) {
        return hash.equals(hash(bad));
    }

    /** What the image of this hash holds; null for none of these. */
    byte[] payload(String hash) {
        return payloads.get(hash);
    }
}
