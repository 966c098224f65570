package io.spikelet.bench.peers;

import io.spikelet.bench.peers.onnx.TensorProto;
import io.spikelet.model.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Float weights as int8, symmetric, with a scale a channel.
 *
 * @param values int8 in the order of the floats
 * @param axis along which channels lie, 0 or 1
 * @param scales (channels) the real value of one LSB
 */
record ChannelWeights(byte[] values, int axis, float[] scales, long[] shape) {
    /** @param bits of a weight with its sign, 2..8 */
    static ChannelWeights of(TensorProto tensor, int axis, int bits) throws MalformedDataException {
        float[] floats = floats(tensor);
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (shape.length <= axis || shape[axis] < 1 || floats.length % shape[axis] != 0) {
            throw new MalformedDataException(0, "the weights " + tensor.getName() + " have no channels");
        }
        int largest = (1 << bits - 1) - 1;
        int channels = (int) shape[axis];
        int inner = floats.length / channels;
        for (int i = 0; i < axis; i++) {
            inner /= (int) shape[i];
        }
        float[] scales = new float[channels];
        for (int i = 0; i < floats.length; i++) {
            int channel = i / inner % channels;
            scales[channel] = Math.max(scales[channel], Math.abs(floats[i]) / largest);
        }
        byte[] values = new byte[floats.length];
        for (int i = 0; i < floats.length; i++) {
            int channel = i / inner % channels;
            scales[channel] = scales[channel] == 0 ? 1 : scales[channel];
            values[i] = (byte) Math.rint(floats[i] / scales[channel]);
        }
        return new ChannelWeights(values, axis, scales, shape);
    }

    /** (channels) the real value of one LSB of an accumulator. */
    float[] units(float inputScale) {
        float[] units = new float[scales.length];
        for (int c = 0; c < units.length; c++) {
            units[c] = scales[c] * inputScale;
        }
        return units;
    }

    /** @return (channels) int32, little endian */
    static byte[] bias(TensorProto tensor, float[] units) throws MalformedDataException {
        float[] floats = floats(tensor);
        if (floats.length != units.length) {
            throw new MalformedDataException(0, "the bias " + tensor.getName() + " does not fit its weights");
        }
        ByteBuffer bytes = ByteBuffer.allocate(floats.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < floats.length; c++) {
            bytes.putInt(Math.round(floats[c] / units[c]));
        }
        return bytes.array();
    }

    private static float[] floats(TensorProto tensor) throws MalformedDataException {
        if (tensor.getDataType() != OnnxGraph.FLOAT) {
            throw new MalformedDataException(0, "the tensor " + tensor.getName() + " is not float");
        }
        if (tensor.getFloatDataCount() > 0) {
            float[] floats = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = tensor.getFloatData(i);
            }
            return floats;
        }
        ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }
}
