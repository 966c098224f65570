package io.spikelet.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
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
    private final OnnxJavaType answerType;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> outputs;
    private int sample;

    /**
     * @param model bytes of an ONNX file with one input and one output, each uint8 or float
     * @param samples (count) of (input) uint8 each
     * @param pixels how samples become inputs of a float model
     * @param weightBytes of the model, for the table
     * @throws IllegalArgumentException when the runtime refuses the model or the samples do not fit it
     */
    OnnxContender(String name, byte[] model, List<byte[]> samples, OnnxInputs pixels, long weightBytes) {
        this.name = name;
        this.weightBytes = weightBytes;
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = oneCore()) {
                session = environment.createSession(model, options);
            }
            var input = session.getInputInfo().entrySet().iterator().next();
            for (byte[] values : samples) {
                inputs.add(Map.of(input.getKey(), pixels.tensor(environment, values, (TensorInfo)
                        input.getValue().getInfo())));
            }
            var result = session.getOutputInfo().entrySet().iterator().next();
            TensorInfo resultInfo = (TensorInfo) result.getValue().getInfo();
            answerType = resultInfo.type;
            answer = OnnxInputs.direct(size(OnnxInputs.one(resultInfo.getShape())) * answerType.size);
            output = OnnxInputs.tensor(environment, answer, answerType, resultInfo.getShape());
            outputs = Map.of(result.getKey(), output);
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime refuses " + name + ": " + e.getMessage(), e);
        }
    }

    static OrtSession.SessionOptions oneCore() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    private static int size(long[] shape) {
        long size = 1;
        for (long extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        return Math.toIntExact(size);
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

    /** The class of the latest inference: the highest score, the lowest class of several. */
    int predicted() {
        int best = 0;
        for (int c = 1; c < answer.capacity() / answerType.size; c++) {
            if (score(c) > score(best)) {
                best = c;
            }
        }
        return best;
    }

    private float score(int c) {
        return switch (answerType) {
            case FLOAT -> answer.getFloat(c * Float.BYTES);
            case UINT8 -> answer.get(c) & 0xff;
            default -> answer.get(c);
        };
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
