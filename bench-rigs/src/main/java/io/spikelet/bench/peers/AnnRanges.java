package io.spikelet.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.spikelet.bench.peers.onnx.GraphProto;
import io.spikelet.bench.peers.onnx.ModelProto;
import io.spikelet.bench.peers.onnx.TypeProto;
import io.spikelet.bench.peers.onnx.ValueInfoProto;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ranges of a float model's tensors on calibration images, found by running it with those tensors as outputs. */
final class AnnRanges {
    private AnnRanges() {}

    /**
     * @param tensors names of float tensors of the graph
     * @return one for each of them
     * @throws IllegalArgumentException when ONNX Runtime refuses the model
     */
    static Map<String, ValueRange> measure(
            ModelProto model, Collection<String> tensors, List<byte[]> images, OnnxInputs pixels) {
        GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
        for (String tensor : tensors) {
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(tensor)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(OnnxGraph.FLOAT))));
        }
        byte[] watched = model.toBuilder().setGraph(graph).build().toByteArray();
        Map<String, ValueRange> ranges = new HashMap<>();
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = OnnxContender.oneCore();
                    OrtSession session = environment.createSession(watched, options)) {
                var input = session.getInputInfo().entrySet().iterator().next();
                TensorInfo info = (TensorInfo) input.getValue().getInfo();
                for (byte[] image : images) {
                    try (OnnxTensor tensor = pixels.tensor(environment, image, info);
                            OrtSession.Result result = session.run(Map.of(input.getKey(), tensor))) {
                        for (Map.Entry<String, OnnxValue> each : result) {
                            ranges.merge(
                                    each.getKey(),
                                    range(((OnnxTensor) each.getValue()).getFloatBuffer()),
                                    (a, b) -> a.including(b.low()).including(b.high()));
                        }
                    }
                }
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime refuses the float model: " + e.getMessage(), e);
        }
        return ranges;
    }

    private static ValueRange range(FloatBuffer values) {
        ValueRange range = ValueRange.NONE;
        while (values.hasRemaining()) {
            range = range.including(values.get());
        }
        return range;
    }
}
