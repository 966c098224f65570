package io.spikelet.model;

import io.spikelet.model.WireSchema.Field;
import io.spikelet.model.WireSchema.Message;

/**
 * Walks a payload's bytes without keeping any of them, so that the counts of a hostile image are known before anything
 * is allocated for them: two bytes on the wire can otherwise ask for an object of fifty. Also the only place that
 * knows offsets.
 */
final class WireScan {
    private static final int WIRE_TYPE_BITS = 3;

    private final byte[] bytes;
    private final int[] layerOffsets = new int[NetworkCheck.MAX_LAYERS];
    private int position;
    private int layers;
    private int parameters;
    private boolean insideLayer;

    private WireScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Checks the version, every field's number, order, wire type, range and count.
     *
     * @return the places of the layers
     */
    static WireScan scan(byte[] payload) throws MalformedDataException {
        if (payload.length > NetworkCodec.MAX_PAYLOAD) {
            throw new MalformedDataException(
                    NetworkCodec.MAX_PAYLOAD,
                    "a payload holds at most " + NetworkCodec.MAX_PAYLOAD + " bytes, this one " + payload.length);
        }
        WireScan scan = new WireScan(payload);
        scan.version();
        scan.message(WireSchema.NETWORK, payload.length);
        return scan;
    }

    /** Where the body of a layer starts, from the start of the payload. */
    int layerOffset(int layer) {
        return layerOffsets[layer];
    }

    /** Before all else, since another version may have other fields. */
    private void version() throws MalformedDataException {
        if (bytes.length == 0 || bytes[0] != 1 << WIRE_TYPE_BITS) {
            throw new MalformedDataException(0, "a payload starts with its format version, this one does not");
        }
        position = 1;
        long version = varint(bytes.length);
        if (version < NetworkCodec.OLDEST_FORMAT_VERSION || version > NetworkCodec.FORMAT_VERSION) {
            throw new MalformedDataException(
                    1,
                    "version " + Long.toUnsignedString(version) + ", this reader knows "
                            + NetworkCodec.OLDEST_FORMAT_VERSION + ".." + NetworkCodec.FORMAT_VERSION);
        }
        position = 0;
    }

    private void message(Message message, int end) throws MalformedDataException {
        int last = 0;
        int repeats = 0;
        while (position < end) {
            int start = position;
            long tag = varint(end);
            long number = tag >>> WIRE_TYPE_BITS;
            if (number < 1 || number > message.fields().length) {
                throw new MalformedDataException(
                        start, message.name() + " has no field " + Long.toUnsignedString(number));
            }
            Field field = message.fields()[(int) number - 1];
            if ((tag & (1 << WIRE_TYPE_BITS) - 1) != field.kind().wireType) {
                throw new MalformedDataException(start, describe(message, field) + " has the wrong wire type");
            }
            repeats = number == last ? repeats + 1 : 1;
            if (number < last || repeats > field.occurrences()) {
                throw new MalformedDataException(
                        start,
                        describe(message, field)
                                + (field.occurrences() > 1
                                        ? " comes more than " + field.occurrences() + " times or out of order"
                                        : " comes twice or out of order"));
            }
            if (message.isSecondChoice(last, (int) number)) {
                throw new MalformedDataException(start, describe(message, field) + " is a second " + message.choice());
            }
            last = (int) number;
            value(message, field, end);
        }
    }

    private void value(Message message, Field field, int end) throws MalformedDataException {
        int start = position;
        switch (field.kind()) {
            case VARINT -> inRange(message, field, start, varint(end));
            case FIXED32 -> skip(message, field, Integer.BYTES, end);
            case FIXED64 -> skip(message, field, Long.BYTES, end);
            case TEXT, BYTES, PACKED_FLOATS -> {
                int length = length(message, field, end);
                if (length > field.maximum() || field.kind() == WireSchema.Kind.PACKED_FLOATS && length % 4 != 0) {
                    throw new MalformedDataException(start, describe(message, field) + " has " + length + " bytes");
                }
                position += length;
            }
            case PACKED_VARINTS -> {
                int length = length(message, field, end);
                packed(message, field, position + length);
            }
            case MESSAGE -> {
                int length = length(message, field, end);
                if (field.message() == WireSchema.LAYER) {
                    layerOffsets[layers++] = position;
                    insideLayer = true;
                }
                message(field.message(), position + length);
                if (message == WireSchema.NETWORK) {
                    insideLayer = false;
                }
            }
        }
    }

    private void packed(Message message, Field field, int stop) throws MalformedDataException {
        for (int values = 1; position < stop; values++) {
            int start = position;
            if (values > field.count()) {
                throw new MalformedDataException(
                        start, describe(message, field) + " holds more than " + field.count() + " numbers");
            }
            inRange(message, field, start, varint(stop));
            if (++parameters > NetworkCodec.MAX_PARAMETERS) {
                throw new MalformedDataException(
                        start, "a network holds at most " + NetworkCodec.MAX_PARAMETERS + " neuron parameters");
            }
        }
    }

    private void inRange(Message message, Field field, int start, long value) throws MalformedDataException {
        if (value < 0 || value > field.maximum()) {
            throw new MalformedDataException(
                    start, describe(message, field) + " is out of range: " + Long.toUnsignedString(value));
        }
    }

    private void skip(Message message, Field field, int length, int end) throws MalformedDataException {
        if (length > end - position) {
            throw new MalformedDataException(position, describe(message, field) + " is cut short");
        }
        position += length;
    }

    private int length(Message message, Field field, int end) throws MalformedDataException {
        int start = position;
        long length = varint(end);
        if (length < 0 || length > end - position) {
            throw new MalformedDataException(
                    start,
                    describe(message, field) + " claims " + Long.toUnsignedString(length) + " bytes, "
                            + (end - position) + " are left");
        }
        return (int) length;
    }

    private long varint(int end) throws MalformedDataException {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= end) {
                throw new MalformedDataException(start, "a number is cut short");
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedDataException(start, "a number is longer than 64 bits");
    }

    private String describe(Message message, Field field) {
        String where = insideLayer ? "layer " + (layers - 1) + ": " : "";
        return where + message.name() + "." + field.name();
    }
}
