package io.spikelet.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.spikelet.bench.measure.PeakMemory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A program that loads an int8 ONNX file, answers one sample, prints the class, and then its peak memory in KiB: what
 * the start of ONNX Runtime is measured with.
 */
public final class FirstAnswer {
    private FirstAnswer() {}

    /**
     * @param arguments the ONNX file, the sample of uint8, and the extents of the input with commas between
     */
    public static void main(String[] arguments) throws Exception {
        long[] shape = Arrays.stream(arguments[2].split(","))
                .mapToLong(Long::parseLong)
                .toArray();
        byte[] sample = Files.readAllBytes(Path.of(arguments[1]));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = OnnxContender.oneCore();
                OrtSession session = environment.createSession(arguments[0], options)) {
            ByteBuffer input =
                    ByteBuffer.allocateDirect(sample.length).put(sample).flip();
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape, OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of(OnnxStages.INPUT, tensor))) {
                System.out.println(argmax(((OnnxTensor) result.get(0)).getByteBuffer()));
            }
        }
        System.out.println(PeakMemory.kibibytes());
    }

    private static int argmax(ByteBuffer scores) {
        int best = 0;
        for (int c = 1; c < scores.remaining(); c++) {
            if ((scores.get(c) & 0xff) > (scores.get(best) & 0xff)) {
                best = c;
            }
        }
        return best;
    }
}
