package io.spikelet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime against plain Java: the two were written apart. */
class OnnxTwinTest {
    private static AnnTwin twin(Workload workload) {
        return AnnTwin.of(PreparedWorkload.prepare(workload, 0.15, 1).network());
    }

    private static List<byte[]> images(AnnTwin twin) {
        Random random = new Random(11);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte[] image = new byte[twin.input().size()];
            random.nextBytes(image);
            images.add(image);
        }
        return images;
    }

    private static OnnxContender contender(byte[] model, List<byte[]> images) {
        return new OnnxContender("peer", model, images, OnnxInputs.UNIT, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"W1", "W2", "W3"})
    void shouldAgreeWithPlainJavaInBothInt8Forms(Workload workload) {
        AnnTwin twin = twin(workload);
        List<byte[]> images = images(twin);
        Int8Twin int8 = Int8Twin.calibrate(twin, images);
        for (byte[] model : List.of(OperatorOnnx.write(int8), QdqOnnx.write(int8))) {
            try (OnnxContender peer = contender(model, images)) {
                for (byte[] image : images) {
                    peer.infer();
                    byte[] answer = new byte[twin.output().size()];
                    peer.answer().get(answer);
                    assertArrayEquals(int8.infer(image), answer);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"W1", "W2", "W3"})
    void shouldRunInFloatWithAnAnswerThatDependsOnTheInput(Workload workload) {
        AnnTwin twin = twin(workload);
        try (OnnxContender peer = contender(FloatOnnx.write(twin), images(twin))) {
            peer.infer();
            float first = floats(peer).get(0);
            peer.infer();
            assertTrue(Float.isFinite(first));
            assertEquals(10, floats(peer).remaining());
            assertTrue(first != floats(peer).get(0));
        }
    }

    private static FloatBuffer floats(OnnxContender peer) {
        return peer.answer().asFloatBuffer();
    }
}
