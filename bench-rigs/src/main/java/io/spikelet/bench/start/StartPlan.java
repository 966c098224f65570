package io.spikelet.bench.start;

import com.google.protobuf.ByteString;
import io.spikelet.bench.peers.OnnxStart;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.engine.Classifier;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ways to start that are compared: ours and the peer's, each from its plain form to its best. */
final class StartPlan {
    private static final double DENSITY = 0.15;

    private static final String COMPACT = "-XX:+UseCompactObjectHeaders";

    /** What {@code spikelet-device} starts every board with; a test holds the launcher to it. */
    static final List<String> BOARD = List.of(
            "-XX:+UseSerialGC", COMPACT, "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    /** And further, so that it becomes as fast as it can. */
    static final List<String> FULL = List.of("--add-modules", "jdk.incubator.vector");

    /** Or, under SPIKELET_START=quick: of two compilers only the one that pays at a start. */
    static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

    /** The peer keeps its weights outside of the heap. */
    private static final List<String> PEER = List.of("-XX:+UseSerialGC", "-Xmx16m");

    private static final List<Class<?>> PARTS =
            List.of(FirstResult.class, Classifier.class, NetworkCodec.class, Q15.class, ByteString.class);

    private StartPlan() {}

    /**
     * Writes images, samples and caches.
     *
     * @param folder takes them, and must outlive the starters
     * @param extra flags for ours, after all others
     */
    static List<Starter> of(Workload workload, Path folder, List<String> extra) throws IOException {
        PreparedWorkload prepared = PreparedWorkload.prepare(workload, DENSITY, 1);
        List<Starter> starters = new ArrayList<>(ours(prepared, folder, extra));
        starters.addAll(peers(prepared, folder));
        return starters;
    }

    private static List<Starter> ours(PreparedWorkload prepared, Path folder, List<String> extra) throws IOException {
        Workload workload = prepared.workload();
        Path image = folder.resolve(workload + ".img");
        Path sample = folder.resolve(workload + ".sample");
        ModelImage model = ModelImage.unsigned(NetworkCodec.encode(prepared.network()), Version.parse("1.0.0"));
        Files.write(image, model.bytes());
        Files.write(sample, Arrays.copyOf(prepared.samples(), prepared.network().sampleBytes()));
        Starter board = new Starter(
                        "spikelet",
                        true,
                        BOARD,
                        Starter.classPath(PARTS),
                        FirstResult.class.getName(),
                        List.of(image.toString(), sample.toString()))
                .with("spikelet", extra);
        Starter full = board.with("spikelet, no cache", FULL);
        return List.of(
                full,
                full.withCache("spikelet", folder.resolve(workload + "-full.aot")),
                board.with("spikelet, quick start", QUICK)
                        .withCache("spikelet, quick start", folder.resolve(workload + "-quick.aot")));
    }

    private static List<Starter> peers(PreparedWorkload prepared, Path folder) throws IOException {
        Starter shipped = new Starter(
                "ONNX Runtime int8, as shipped",
                false,
                PEER,
                Starter.classPath(OnnxStart.PARTS),
                OnnxStart.MAIN,
                OnnxStart.prepare(prepared, folder));
        return List.of(
                shipped,
                shipped.with(
                                "ONNX Runtime int8",
                                List.of(
                                        "--enable-native-access=ALL-UNNAMED",
                                        COMPACT,
                                        OnnxStart.unpackLibraries(folder)))
                        .withCache(
                                "ONNX Runtime int8, cache, compact headers, library unpacked",
                                folder.resolve(prepared.workload() + "-peer.aot")));
    }
}
