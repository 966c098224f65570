package io.spikelet.bench.peers;

import io.spikelet.bench.workload.PreparedWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The conventional twins of a workload in ONNX Runtime, in every form. */
final class AnnPeers implements AutoCloseable {
    private static final int IMAGES = 32;

    private final List<OnnxContender> contenders;

    private AnnPeers(List<OnnxContender> contenders) {
        this.contenders = List.copyOf(contenders);
    }

    /** @param workload whose shapes and weights the twins share; pixels are random, which a dense pass does not heed */
    static AnnPeers of(PreparedWorkload workload) {
        AnnTwin twin = AnnTwin.of(workload.network());
        List<byte[]> images = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < IMAGES; i++) {
            byte[] image = new byte[twin.input().size()];
            random.nextBytes(image);
            images.add(image);
        }
        Int8Twin int8 = Int8Twin.calibrate(twin, images);
        long weights = twin.weights();
        return new AnnPeers(List.of(
                contender("ONNX Runtime int8 operators", OperatorOnnx.write(int8), images, weights),
                contender("ONNX Runtime int8 QDQ", QdqOnnx.write(int8), images, weights),
                contender("ONNX Runtime fp32", FloatOnnx.write(twin), images, weights * Float.BYTES)));
    }

    private static OnnxContender contender(String name, byte[] model, List<byte[]> images, long weightBytes) {
        return new OnnxContender(name, model, images, OnnxInputs.UNIT, weightBytes);
    }

    List<OnnxContender> contenders() {
        return contenders;
    }

    @Override
    public void close() {
        contenders.forEach(OnnxContender::close);
    }
}
