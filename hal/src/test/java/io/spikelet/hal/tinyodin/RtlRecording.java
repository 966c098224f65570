package io.spikelet.hal.tinyodin;

import io.spikelet.hal.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of ChFrenkel/tinyODIN's RTL, from shared/models/tinyodin; JSON of integers, arrays, objects and plain strings. */
final class RtlRecording {
    private final String text;
    private final Map<?, ?> fields;
    private int at;

    private RtlRecording(String text) {
        this.text = text;
        this.fields = (Map<?, ?>) value();
    }

    static RtlRecording read(String name) throws IOException {
        return new RtlRecording(Files.readString(SharedFolder.find("models/tinyodin/" + name + ".json")));
    }

    private Object value() {
        char first = peek();
        if (first == '{') {
            Map<Object, Object> object = new LinkedHashMap<>();
            while (opened('}')) {
                Object key = value();
                at = text.indexOf(':', at) + 1;
                object.put(key, value());
            }
            return object;
        }
        if (first == '[') {
            List<Object> array = new ArrayList<>();
            while (opened(']')) {
                array.add(value());
            }
            return array;
        }
        int from = at;
        if (first == '"') {
            at = text.indexOf('"', at + 1) + 1;
            return text.substring(from + 1, at - 1);
        }
        while ("-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.parseLong(text.substring(from, at));
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    /** Steps over the bracket or comma in front of the next member; false, and over the end, when there is none. */
    private boolean opened(char end) {
        if (peek() != end) {
            at++;
        }
        if (peek() == end) {
            at++;
            return false;
        }
        return true;
    }

    int number(String field) {
        return ((Long) fields.get(field)).intValue();
    }

    long counter(String field) {
        return (Long) ((Map<?, ?>) fields.get("counters")).get(field);
    }

    List<Integer> numbers(String field) {
        return integers((List<?>) fields.get(field));
    }

    private static List<Integer> integers(List<?> longs) {
        return longs.stream().map(each -> ((Long) each).intValue()).toList();
    }

    /** (256, max_neur + 1) */
    byte[] weights() {
        List<?> rows = (List<?>) fields.get("weights_pre_post");
        int columns = ((List<?>) rows.getFirst()).size();
        byte[] weights = new byte[rows.size() * columns];
        for (int pre = 0; pre < rows.size(); pre++) {
            for (int post = 0; post < columns; post++) {
                weights[pre * columns + post] = ((Long) ((List<?>) rows.get(pre)).get(post)).byteValue();
            }
        }
        return weights;
    }

    int events() {
        return ((List<?>) fields.get("events_and_output")).size();
    }

    int event(int index) {
        return ((Long) pair(index).getFirst()).intValue();
    }

    List<Integer> output(int index) {
        return integers((List<?>) pair(index).getLast());
    }

    private List<?> pair(int index) {
        return (List<?>) ((List<?>) fields.get("events_and_output")).get(index);
    }
}
