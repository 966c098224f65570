package io.spikelet.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels as a model takes them: uint8 as they are, float as {@code (pixel / 255 − mean) / deviation}.
 *
 * @param mean subtracted from what is 0..1
 * @param deviation then divided by
 */
record OnnxInputs(float mean, float deviation) {
    /** 0..1. */
    static final OnnxInputs UNIT = new OnnxInputs(0, 1);

    private static final float FULL_SCALE = 255f;

    /** What a pixel of 0 and one of 255 become. */
    ValueRange range() {
        return new ValueRange(-mean / deviation, (1 - mean) / deviation);
    }

    /** A tensor over memory of its own outside of the heap. */
    OnnxTensor tensor(OrtEnvironment environment, byte[] pixels, TensorInfo info) throws OrtException {
        ByteBuffer buffer = direct(pixels.length * info.type.size);
        for (byte pixel : pixels) {
            if (info.type == OnnxJavaType.FLOAT) {
                buffer.putFloat(((pixel & 0xff) / FULL_SCALE - mean) / deviation);
            } else {
                buffer.put(pixel);
            }
        }
        return tensor(environment, buffer.flip(), info.type, info.getShape());
    }

    static OnnxTensor tensor(OrtEnvironment environment, ByteBuffer buffer, OnnxJavaType type, long[] shape)
            throws OrtException {
        return type == OnnxJavaType.FLOAT
                ? OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), one(shape))
                : OnnxTensor.createTensor(environment, buffer, one(shape), type);
    }

    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Extents that the model leaves open, such as the batch, become 1. */
    static long[] one(long[] shape) {
        long[] closed = shape.clone();
        for (int i = 0; i < closed.length; i++) {
            closed[i] = Math.max(1, closed[i]);
        }
        return closed;
    }
}
