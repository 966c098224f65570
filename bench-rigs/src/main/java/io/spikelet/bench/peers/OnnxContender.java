package io.spikelet.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.spikelet.bench.measure.Contender;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime at its best on one core: one thread within and between operators, every graph optimisation, tensors over
 * direct buffers that are bound once, so that a run copies and allocates nothing of its own accord.
 */
final class OnnxContender implements Contender {
    private final String name;
    private final long weightBytes;
    private final OrtSession session;
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final ByteBuffer answer;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> outputs;
    private int sample;

    /**
     * @param model bytes of an ONNX file with one input and one output of fixed shapes
     * @param type of both, uint8 or float
     * @param samples (count) of (input) uint8 each; floats get {@code value / 255}
     * @throws IllegalStateException when the runtime refuses, which for models of our own is a fault of ours
     */
    OnnxContender(
            String name,
            byte[] model,
            OnnxJavaType type,
            long[] inputShape,
            long[] outputShape,
            List<byte[]> samples,
            long weightBytes) {
        this.name = name;
        this.weightBytes = weightBytes;
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = oneCore()) {
                session = environment.createSession(model, options);
            }
            for (byte[] values : samples) {
                inputs.add(Map.of(
                        session.getInputNames().iterator().next(),
                        tensor(environment, buffer(values, type), type, inputShape)));
            }
            answer = direct(Math.toIntExact(size(outputShape)) * type.size);
            output = tensor(environment, answer, type, outputShape);
            outputs = Map.of(session.getOutputNames().iterator().next(), output);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses " + name + ": " + e.getMessage(), e);
        }
    }

    static OrtSession.SessionOptions oneCore() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }

    private static ByteBuffer buffer(byte[] values, OnnxJavaType type) {
        ByteBuffer buffer = direct(values.length * type.size);
        for (byte value : values) {
            if (type == OnnxJavaType.FLOAT) {
                buffer.putFloat((value & 0xff) / 255f);
            } else {
                buffer.put(value);
            }
        }
        return buffer.flip();
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static OnnxTensor tensor(OrtEnvironment environment, ByteBuffer buffer, OnnxJavaType type, long[] shape)
            throws OrtException {
        return type == OnnxJavaType.FLOAT
                ? OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape)
                : OnnxTensor.createTensor(environment, buffer, shape, type);
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        return size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void infer() {
        try (OrtSession.Result _ = session.run(inputs.get(sample), outputs)) {
            sample = sample + 1 == inputs.size() ? 0 : sample + 1;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime fails in " + name + ": " + e.getMessage(), e);
        }
    }

    /** What the latest inference wrote, in the output's type and native order. */
    ByteBuffer answer() {
        return answer.duplicate().order(ByteOrder.nativeOrder()).rewind();
    }

    /** Which sample {@link #infer} takes next. */
    void select(int next) {
        sample = next;
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public void close() {
        try {
            inputs.forEach(input -> input.values().forEach(OnnxTensor::close));
            output.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not let go of " + name + ": " + e.getMessage(), e);
        }
    }
}
