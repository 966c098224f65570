package io.spikelet.host.layers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.spikelet.host.graph.ImportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object, read within bounds: objects are maps, arrays lists, whole numbers {@link Long} and all others
 * {@link Double}; no key stands twice.
 */
final class JsonTree {
    /** The most bytes of JSON that are read. */
    static final int MAX_BYTES = 4 << 20;

    private static final int MAX_VALUES = 1 << 18;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNameLength(1024)
                    .maxStringLength(4096)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final String where;
    private final JsonParser parser;
    private int values;

    private JsonTree(String where, JsonParser parser) {
        this.where = where;
        this.parser = parser;
    }

    /**
     * Reads a range of bytes that holds one object and nothing behind it but blanks.
     *
     * @param where file and part, for messages
     */
    static Map<String, Object> object(String where, byte[] bytes, int offset, int length) throws ImportException {
        if (length > MAX_BYTES) {
            throw new ImportException(where + ": has " + length + " bytes of JSON, more than the " + MAX_BYTES
                    + " that are read; keep numbers in the safetensors file");
        }
        try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
            JsonTree tree = new JsonTree(where, parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ImportException(where + ": is not a JSON object; give a file as docs/layer-file.md has it");
            }
            Map<String, Object> object = tree.object();
            if (parser.nextToken() != null) {
                throw new ImportException(where + ": has more behind its JSON object; write one object alone");
            }
            return object;
        } catch (JsonProcessingException malformed) {
            throw new ImportException(
                    where + ": is no JSON that can be read (" + malformed.getOriginalMessage() + ", at byte "
                            + (malformed.getLocation() == null
                                    ? 0
                                    : malformed.getLocation().getByteOffset())
                            + "); write it again",
                    malformed);
        } catch (IOException malformed) {
            throw new ImportException(
                    where + ": is no JSON that can be read (" + malformed.getMessage() + "); write it again",
                    malformed);
        }
    }

    private Map<String, Object> object() throws IOException, ImportException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value());
        }
        return object;
    }

    private List<Object> array() throws IOException, ImportException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private Object value() throws IOException, ImportException {
        if (++values > MAX_VALUES) {
            throw new ImportException(
                    where + ": holds more than " + MAX_VALUES + " values; keep numbers in the safetensors file");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                throw new ImportException(where + ": holds a null at byte "
                        + parser.currentLocation().getByteOffset() + "; leave the field out instead");
        };
    }
}
