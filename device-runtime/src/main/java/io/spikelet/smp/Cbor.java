package io.spikelet.smp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.spikelet.model.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of CBOR (RFC 8949) that SMP uses: one map with text keys.
 *
 * <p>Reading accepts definite and indefinite lengths, and is bounded: depth, number of values, and every array grows
 * with the bytes that are really there, never with the length they announce. Writing gives definite lengths and the
 * shortest integers.
 *
 * <pre>
 * CBOR                 read as               written from
 * text, bytes, bool    String, byte[], Boolean   the same
 * integer              Long (int64 or refused)   Long, Integer, Short, Byte
 * float                Double                    Double, Float
 * array                List                      List, int[], long[]
 * map                  Map, in order             Map with text keys
 * null, undefined      null                      null
 * </pre>
 */
public final class Cbor {

    /** Maps and arrays within one another, the outer map included. */
    public static final int MAX_DEPTH = 8;

    /** Values in one document, keys not counted. */
    public static final int MAX_VALUES = 1 << 16;

    private static final CBORFactory FACTORY = new CBORFactory();

    private Cbor() {}

    /**
     * Reads one map that fills {@code document}.
     *
     * @throws MalformedDataException for anything else, with the offset at which reading stopped
     */
    public static Map<String, Object> decode(byte[] document) throws MalformedDataException {
        if (document.length > SmpMessage.MAX_BYTES) {
            throw new MalformedDataException(SmpMessage.MAX_BYTES, "more CBOR than an SMP message can hold");
        }
        try (JsonParser parser = FACTORY.createParser(document)) {
            return new Reading(parser).document(document.length);
        } catch (JsonProcessingException e) {
            throw new MalformedDataException(offset(e), "not valid CBOR: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedDataException(document.length, "not valid CBOR: " + e.getMessage(), e);
        }
    }

    private static long offset(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
    }

    /**
     * Writes a map.
     *
     * @throws IllegalArgumentException for a value of a type that is not in the table above
     */
    public static byte[] encode(Map<String, ?> map) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator generator = FACTORY.createGenerator(bytes)) {
            write(generator, map);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(CBORGenerator out, Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> writeText(out, text);
            case byte[] bytes -> out.writeBinary(bytes);
            case Boolean flag -> out.writeBoolean(flag);
            case Long number -> out.writeNumber(number.longValue());
            case Integer number -> out.writeNumber(number.longValue());
            case Short number -> out.writeNumber(number.longValue());
            case Byte number -> out.writeNumber(number.longValue());
            case Double number -> out.writeNumber(number.doubleValue());
            case Float number -> out.writeNumber(number.doubleValue());
            case int[] numbers -> out.writeArray(numbers, 0, numbers.length);
            case long[] numbers -> out.writeArray(numbers, 0, numbers.length);
            case List<?> list -> writeList(out, list);
            case Map<?, ?> map -> writeMap(out, map);
            default ->
                throw new IllegalArgumentException(
                        "CBOR does not take a " + value.getClass().getName());
        }
    }

    /** As UTF-8 bytes, because the generator would cut a long String into an indefinite text. */
    private static void writeText(CBORGenerator out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeUTF8String(utf8, 0, utf8.length);
    }

    private static void writeList(CBORGenerator out, List<?> list) throws IOException {
        out.writeStartArray(list, list.size());
        for (Object element : list) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static void writeMap(CBORGenerator out, Map<?, ?> map) throws IOException {
        out.writeStartObject(map, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("a CBOR key must be a text: key=" + entry.getKey());
            }
            out.writeFieldName(key);
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    /** One pass over one document. */
    private static final class Reading {
        private final JsonParser parser;
        private int values;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        Map<String, Object> document(int length) throws IOException, MalformedDataException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("an SMP payload is a CBOR map");
            }
            Map<String, Object> map = map(1);
            long end = parser.currentTokenLocation().getByteOffset();
            if (parser.nextToken() != null) {
                throw new MalformedDataException(Math.clamp(end, 0, length), "bytes follow the CBOR map");
            }
            return map;
        }

        private Map<String, Object> map(int depth) throws IOException, MalformedDataException {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                if (map.containsKey(key)) {
                    throw malformed("the key \"" + key + "\" stands twice in a CBOR map");
                }
                map.put(key, value(depth));
            }
            return map;
        }

        private List<Object> list(int depth) throws IOException, MalformedDataException {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(depth));
            }
            return list;
        }

        private Object value(int depth) throws IOException, MalformedDataException {
            if (++values > MAX_VALUES) {
                throw malformed("more than " + MAX_VALUES + " values in one CBOR document");
            }
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw malformed("the CBOR document ends too early");
            }
            if (token.isStructStart() && depth == MAX_DEPTH) {
                throw malformed("more than " + MAX_DEPTH + " CBOR maps and arrays within one another");
            }
            return switch (token) {
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                case VALUE_NULL -> null;
                case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
                case START_ARRAY -> list(depth + 1);
                case START_OBJECT -> map(depth + 1);
                default -> throw malformed("unexpected CBOR item " + token);
            };
        }

        private Long integer() throws IOException, MalformedDataException {
            return switch (parser.getNumberType()) {
                case INT, LONG -> parser.getLongValue();
                default -> throw malformed("a CBOR integer that does not fit 64 bits");
            };
        }

        private MalformedDataException malformed(String reason) {
            return new MalformedDataException(
                    Math.max(0, parser.currentTokenLocation().getByteOffset()), reason);
        }
    }
}
