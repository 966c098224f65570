package io.spikelet.host.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The map of a board's answer. Each accessor fails with a sentence on a missing field or one of another type. */
final class SmpReply {
    private final String source;
    private final Map<String, Object> fields;

    /** @param source such as "the answer of /dev/ttyACM0 to echo" */
    SmpReply(String source, Map<String, Object> fields) {
        this.source = source;
        this.fields = fields;
    }

    boolean has(String key) {
        return fields.get(key) != null;
    }

    long integer(String key) throws IOException {
        return required(key, Long.class, "an integer");
    }

    int integer(String key, int max) throws IOException {
        long value = integer(key);
        if (value < 0 || value > max) {
            throw new IOException(source + " has \"" + key + "\" " + value + ", not 0 to " + max);
        }
        return (int) value;
    }

    int integer(String key, int max, int absent) throws IOException {
        return has(key) ? integer(key, max) : absent;
    }

    OptionalLong optionalInteger(String key) throws IOException {
        return has(key) ? OptionalLong.of(integer(key)) : OptionalLong.empty();
    }

    OptionalDouble optionalNumber(String key) throws IOException {
        return has(key)
                ? OptionalDouble.of(required(key, Number.class, "a number").doubleValue())
                : OptionalDouble.empty();
    }

    String text(String key) throws IOException {
        return required(key, String.class, "a text");
    }

    String text(String key, String absent) throws IOException {
        return has(key) ? text(key) : absent;
    }

    byte[] bytes(String key) throws IOException {
        return required(key, byte[].class, "bytes");
    }

    Optional<byte[]> optionalBytes(String key) throws IOException {
        return has(key) ? Optional.of(bytes(key)) : Optional.empty();
    }

    boolean flag(String key, boolean absent) throws IOException {
        return has(key) ? required(key, Boolean.class, "a boolean") : absent;
    }

    /** An array of exactly {@code length} integers. */
    long[] integers(String key, int length) throws IOException {
        List<?> list = required(key, List.class, "an array");
        if (list.size() != length) {
            throw new IOException(source + " has " + list.size() + " integers in \"" + key + "\", not " + length);
        }
        long[] integers = new long[length];
        for (int i = 0; i < length; i++) {
            integers[i] = cast(key, list.get(i), Long.class, "integers");
        }
        return integers;
    }

    List<String> texts(String key) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : required(key, List.class, "an array")) {
            texts.add(cast(key, element, String.class, "texts"));
        }
        return texts;
    }

    /** The elements of an array whose length the caller does not know. */
    int length(String key) throws IOException {
        return required(key, List.class, "an array").size();
    }

    /** An array of byte strings. */
    List<byte[]> byteStrings(String key) throws IOException {
        List<byte[]> strings = new ArrayList<>();
        for (Object element : required(key, List.class, "an array")) {
            strings.add(cast(key, element, byte[].class, "byte strings"));
        }
        return strings;
    }

    List<SmpReply> maps(String key) throws IOException {
        List<SmpReply> maps = new ArrayList<>();
        for (Object element : required(key, List.class, "an array")) {
            maps.add(new SmpReply(source, texts(cast(key, element, Map.class, "maps"))));
        }
        return maps;
    }

    /** A map of integers. */
    Map<String, Long> integerMap(String key) throws IOException {
        Map<String, Long> integers = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry :
                texts(required(key, Map.class, "a map")).entrySet()) {
            integers.put(entry.getKey(), cast(key, entry.getValue(), Long.class, "of integers"));
        }
        return integers;
    }

    /** The keys of every decoded map are texts already; this only tells the compiler. */
    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put((String) key, value));
        return texts;
    }

    private <T> T required(String key, Class<T> type, String kind) throws IOException {
        Object value = fields.get(key);
        if (value == null) {
            throw new IOException(source + " lacks \"" + key + "\"; board and host may be of different versions");
        }
        return cast(key, value, type, kind);
    }

    private <T> T cast(String key, Object value, Class<T> type, String kind) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException(source + " has \"" + key + "\" that is not " + kind);
        }
        return type.cast(value);
    }
}
