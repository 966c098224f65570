package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.onnx.wire.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Turns stored numbers into {@link Constant}s. What a tensor declares is held against the bytes that are there before
 * anything is allocated for it.
 */
final class TensorReader {
    private static final int MAX_RANK = 8;

    private final String file;
    private final TensorProto proto;

    private TensorReader(String file, TensorProto proto) {
        this.file = file;
        this.proto = proto;
    }

    /**
     * @throws ImportException when the numbers stand in another file, are of a type that is not read, are fewer or more
     *     than the shape says, or are not finite
     */
    static Constant read(String file, TensorProto proto) throws ImportException {
        return new TensorReader(file, proto).read();
    }

    private Constant read() throws ImportException {
        if (proto.getDataLocation() != 0 || proto.getExternalDataCount() > 0) {
            throw fault("keeps its numbers in another file; save the model with its weights inside"
                    + " (onnx.save(onnx.load(FILE), OUT))");
        }
        Type type = Type.of(proto.getDataType());
        if (type == null) {
            throw fault("is of data type " + proto.getDataType()
                    + "; numbers are read as float, double, float16, bool, or integers of 8 to 64 bits");
        }
        int[] shape = shape();
        long size = 1;
        for (int extent : shape) {
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                throw fault("has shape " + Arrays.toString(shape) + ", more numbers than a file can hold");
            }
        }
        requireStored(type, size);
        return type.isReal() ? reals(type, (int) size, shape) : integers(type, (int) size, shape);
    }

    private int[] shape() throws ImportException {
        if (proto.getDimsCount() > MAX_RANK) {
            throw fault("has " + proto.getDimsCount() + " dimensions; at most " + MAX_RANK + " are read");
        }
        int[] shape = new int[proto.getDimsCount()];
        for (int d = 0; d < shape.length; d++) {
            long extent = proto.getDims(d);
            if (extent < 0 || extent > Integer.MAX_VALUE) {
                throw fault("has an extent of " + extent + ", which no tensor in a file can have");
            }
            shape[d] = (int) extent;
        }
        return shape;
    }

    private void requireStored(Type type, long size) throws ImportException {
        boolean isRaw = !proto.getRawData().isEmpty();
        long stored = isRaw ? proto.getRawData().size() : typedCount(type);
        long wanted = isRaw ? size * type.bytes : size;
        if (stored != wanted) {
            throw fault("holds " + stored + (isRaw ? " bytes" : " numbers") + " but its shape "
                    + Arrays.toString(shape()) + " asks for " + wanted + "; the file is damaged, export it again");
        }
    }

    private long typedCount(Type type) {
        return switch (type) {
            case FLOAT -> proto.getFloatDataCount();
            case DOUBLE -> proto.getDoubleDataCount();
            case INT64 -> proto.getInt64DataCount();
            case UINT32, UINT64 -> proto.getUint64DataCount();
            default -> proto.getInt32DataCount();
        };
    }

    private Constant reals(Type type, int size, int[] shape) throws ImportException {
        float[] values = new float[size];
        ByteBuffer raw = raw();
        boolean isRaw = raw.hasRemaining();
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case FLOAT -> isRaw ? raw.getFloat() : proto.getFloatData(i);
                case DOUBLE -> (float) (isRaw ? raw.getDouble() : proto.getDoubleData(i));
                default -> Float.float16ToFloat(isRaw ? raw.getShort() : (short) proto.getInt32Data(i));
            };
            if (!Float.isFinite(values[i])) {
                throw fault("holds " + values[i] + " at index " + i + "; every number must be finite as a float");
            }
        }
        return Constant.real(values, shape);
    }

    private Constant integers(Type type, int size, int[] shape) {
        long[] values = new long[size];
        ByteBuffer raw = raw();
        boolean isRaw = raw.hasRemaining();
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case UINT8 -> (isRaw ? raw.get() : proto.getInt32Data(i)) & 0xff;
                case INT8, BOOL -> isRaw ? raw.get() : (byte) proto.getInt32Data(i);
                case UINT16 -> (isRaw ? raw.getShort() : proto.getInt32Data(i)) & 0xffff;
                case INT16 -> isRaw ? raw.getShort() : (short) proto.getInt32Data(i);
                case INT32 -> isRaw ? raw.getInt() : proto.getInt32Data(i);
                case UINT32 -> (isRaw ? raw.getInt() : proto.getUint64Data(i)) & 0xffffffffL;
                case INT64 -> isRaw ? raw.getLong() : proto.getInt64Data(i);
                default -> isRaw ? raw.getLong() : proto.getUint64Data(i);
            };
        }
        return Constant.integer(values, shape);
    }

    private ByteBuffer raw() {
        return proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ImportException fault(String what) {
        return new ImportException(file + ": tensor '" + proto.getName() + "' " + what);
    }

    /** Kinds of numbers, by ONNX's own codes. */
    private enum Type {
        FLOAT(1, 4),
        UINT8(2, 1),
        INT8(3, 1),
        UINT16(4, 2),
        INT16(5, 2),
        INT32(6, 4),
        INT64(7, 8),
        BOOL(9, 1),
        FLOAT16(10, 2),
        DOUBLE(11, 8),
        UINT32(12, 4),
        UINT64(13, 8);

        private final int code;
        private final int bytes;

        Type(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        boolean isReal() {
            return this == FLOAT || this == DOUBLE || this == FLOAT16;
        }

        /** Null for a code that is not read. */
        static Type of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            return null;
        }
    }
}
