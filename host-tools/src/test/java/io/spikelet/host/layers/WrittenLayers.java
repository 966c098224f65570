package io.spikelet.host.layers;

import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/** A layer file written by hand, whatever it says. */
final class WrittenLayers {
    private final Path folder;
    private final StringJoiner header = new StringJoiner(",", "{", "}");
    private byte[] data = {};

    WrittenLayers(Path folder) {
        this.folder = folder;
    }

    /** A float tensor behind the ones so far. */
    WrittenLayers tensor(String name, String shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length + Float.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(data);
        for (float value : values) {
            bytes.putFloat(value);
        }
        header.add("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, shape, data.length, bytes.capacity()));
        data = bytes.array();
        return this;
    }

    /** Layers from an input of the given extents to the last of them. */
    Graph read(String input, String output, String... layers) throws IOException, ImportException {
        return read("{\"format\":\"spikelet-layers\",\"version\":1,\"input\":%s,\"layers\":[%s],\"output\":\"%s\"}"
                .formatted(input, String.join(",", layers), output));
    }

    Graph read(String json) throws IOException, ImportException {
        return read(json.getBytes(StandardCharsets.UTF_8), safetensors(header.toString(), data));
    }

    Graph read(byte[] json, byte[] tensors) throws IOException, ImportException {
        Files.write(folder.resolve("bad.safetensors"), tensors);
        Files.write(folder.resolve("bad.json"), json);
        return GraphFiles.read(folder.resolve("bad.json"));
    }

    static byte[] safetensors(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return safetensors(text.length, text, data);
    }

    static byte[] safetensors(long declared, byte[] header, byte[] data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(declared)
                .put(header)
                .put(data)
                .array();
    }
}
