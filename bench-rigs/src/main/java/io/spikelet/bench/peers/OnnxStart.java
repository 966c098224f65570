package io.spikelet.bench.peers;

import ai.onnxruntime.OrtEnvironment;
import io.spikelet.bench.workload.PreparedWorkload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What a start of ONNX Runtime needs on disk: the int8 twin of a workload, a sample, its native libraries. */
public final class OnnxStart {
    /** The main class of the program. */
    public static final String MAIN = FirstAnswer.class.getName();

    /** Classes whose jars are its class path. */
    public static final List<Class<?>> PARTS = List.of(FirstAnswer.class, OrtEnvironment.class);

    private static final String NATIVE_PATH = "-Donnxruntime.native.path=";

    private OnnxStart() {}

    /** @return the program's arguments, for a model and a sample written into the folder */
    public static List<String> prepare(PreparedWorkload workload, Path folder) throws IOException {
        AnnTwin twin = AnnTwin.of(workload.network());
        byte[] sample = new byte[twin.input().size()];
        new Random(4).nextBytes(sample);
        Path model = folder.resolve(workload.workload() + ".onnx");
        Path input = folder.resolve(workload.workload() + ".uint8");
        Files.write(model, OperatorOnnx.write(Int8Twin.calibrate(twin, List.of(sample))));
        Files.write(input, sample);
        String shape = LongStream.of(OnnxStages.shape(twin.input()))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
        return List.of(model.toString(), input.toString(), shape);
    }

    /**
     * Unpacks the native libraries, which otherwise every start does again.
     *
     * @return the flag that names them
     */
    public static String unpackLibraries(Path folder) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        for (String name : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
            String resource = String.format(Locale.ROOT, "/ai/onnxruntime/native/linux-%s/%s", architecture, name);
            try (InputStream library = OrtEnvironment.class.getResourceAsStream(resource)) {
                if (library == null) {
                    throw new IOException("ONNX Runtime's jar holds no " + resource);
                }
                Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return NATIVE_PATH + folder;
    }
}
