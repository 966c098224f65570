package io.spikelet.host.layers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What numbers a tensor of a safetensors file holds. */
enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Null where there is none of that name. */
    static ElementType named(String word) {
        for (ElementType type : values()) {
            if (type.name().equals(word)) {
                return type;
            }
        }
        return null;
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The number at a place as the nearest float, infinite beyond its range. */
    float read(ByteBuffer data, int at) {
        return switch (this) {
            case F64 -> (float) data.getDouble(at);
            case F32 -> data.getFloat(at);
            case F16 -> Float.float16ToFloat(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << Short.SIZE);
            case I64 -> data.getLong(at);
            case I32 -> data.getInt(at);
            case I16 -> data.getShort(at);
            case I8 -> data.get(at);
            case U8 -> data.get(at) & 0xff;
            case BOOL -> data.get(at) == 0 ? 0 : 1;
        };
    }
}
