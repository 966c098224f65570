package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a safetensors file: {@code | header length u64 | header, JSON | data |}, little endian. The data is
 * covered by the tensors without a gap, as the format wants it.
 */
final class Safetensors {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final String METADATA = "__metadata__";
    private static final int MAX_RANK = 8;

    /** Numbers that are given out in all; a file must not be made to fill the memory by naming one tensor many times. */
    private static final long MAX_NUMBERS = 1L << 26;

    /** Where a tensor lies in the file. */
    private record Place(String name, ElementType type, int[] shape, int begin, int end) {}

    private final ModelFile file;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private long given;

    private Safetensors(ModelFile file) {
        this.file = file;
    }

    /** @throws ImportException when the header is damaged, or a tensor lies outside the file or over another */
    static Safetensors of(ModelFile file) throws ImportException {
        Safetensors tensors = new Safetensors(file);
        int data = tensors.readHeader();
        tensors.verifyCover(data);
        return tensors;
    }

    private int readHeader() throws ImportException {
        int size = file.bytes().length;
        if (size < LENGTH_BYTES) {
            throw fault("has " + size + " bytes and no header; save the tensors again");
        }
        long length =
                ByteBuffer.wrap(file.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (length < 2 || length > size - LENGTH_BYTES) {
            throw fault("says at byte 0 that its header has " + Long.toUnsignedString(length) + " bytes, but "
                    + (size - LENGTH_BYTES) + " follow; the file is damaged or no safetensors file");
        }
        int data = LENGTH_BYTES + (int) length;
        Map<String, Object> header =
                JsonTree.object(file.name() + ", header", file.bytes(), LENGTH_BYTES, (int) length);
        for (Map.Entry<String, Object> entry : header.entrySet()) {
            if (!entry.getKey().equals(METADATA)) {
                places.put(entry.getKey(), place(entry.getKey(), entry.getValue(), data));
            }
        }
        return data;
    }

    private Place place(String name, Object value, int data) throws ImportException {
        if (!(value instanceof Map<?, ?> fields)
                || !(fields.get("dtype") instanceof String word)
                || !(fields.get("shape") instanceof List<?> extents)
                || !(fields.get("data_offsets") instanceof List<?> offsets)
                || offsets.size() != 2) {
            throw fault(name, "needs a dtype, a shape and two data_offsets; save the tensors again");
        }
        ElementType type = ElementType.named(word);
        if (type == null) {
            throw fault(name, "is of dtype '" + word + "'; save it as one of " + ElementType.names());
        }
        if (extents.size() > MAX_RANK) {
            throw fault(name, "has " + extents.size() + " dimensions, more than " + MAX_RANK + "; reshape it");
        }
        int[] shape = new int[extents.size()];
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            shape[d] = (int) whole(name, "shape", extents.get(d), Integer.MAX_VALUE);
            count *= shape[d];
            if (count > Integer.MAX_VALUE) {
                throw fault(name, "has shape " + extents + ", more numbers than a file can hold; save it again");
            }
        }
        int room = file.bytes().length - data;
        int begin = (int) whole(name, "data_offsets", offsets.get(0), room);
        int end = (int) whole(name, "data_offsets", offsets.get(1), room);
        if (end - (long) begin != count * type.bytes()) {
            throw fault(
                    name,
                    "has shape " + extents + " of " + word + ", " + count * type.bytes()
                            + " bytes, but its data_offsets are " + offsets + "; the file is damaged");
        }
        return new Place(name, type, shape, data + begin, data + end);
    }

    private long whole(String name, String field, Object value, long most) throws ImportException {
        if (!(value instanceof Long number) || number < 0 || number > most) {
            throw fault(name, "has the " + field + " value " + value + "; it must be a whole number of 0 to " + most);
        }
        return number;
    }

    private void verifyCover(int data) throws ImportException {
        List<Place> ordered = new ArrayList<>(places.values());
        ordered.sort(Comparator.comparingInt(Place::begin).thenComparingInt(Place::end));
        int at = data;
        for (Place place : ordered) {
            if (place.begin() != at) {
                throw fault(
                        place.name(),
                        "begins at byte " + place.begin() + " but byte " + at + " is where it should;"
                                + " tensors must lie one behind the other without overlap or gap");
            }
            at = place.end();
        }
        if (at != file.bytes().length) {
            throw fault("has " + (file.bytes().length - at) + " bytes at its end that belong to no tensor; the file is"
                    + " damaged");
        }
    }

    /**
     * One tensor as float.
     *
     * @param wanted who wants it, for messages: file, layer and field
     * @throws ImportException when there is none of that name, when it is empty, or a number is not finite as a float
     */
    Tensor tensor(String wanted, String name) throws ImportException {
        Place place = places.get(name);
        if (place == null) {
            throw new ImportException(wanted + " names the tensor '" + name + "', which " + file.name()
                    + " does not hold; save it there");
        }
        int count = (place.end() - place.begin()) / place.type().bytes();
        given += count;
        if (count == 0) {
            throw new ImportException(
                    wanted + " names the tensor '" + name + "', which holds no numbers; save it again");
        }
        if (given > MAX_NUMBERS) {
            throw new ImportException(wanted + " takes the " + given + "th number of a model, more than the "
                    + MAX_NUMBERS + " that are read; split the model");
        }
        float[] values = new float[count];
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            values[i] =
                    place.type().read(bytes, place.begin() + i * place.type().bytes());
            if (!Float.isFinite(values[i])) {
                throw fault(name, "holds " + values[i] + " as a float at index " + i + "; every number must be finite");
            }
        }
        return new Tensor(values, place.shape());
    }

    private ImportException fault(String what) {
        return new ImportException(file.name() + ": " + what);
    }

    private ImportException fault(String tensor, String what) {
        return fault("tensor '" + tensor + "' " + what);
    }
}
