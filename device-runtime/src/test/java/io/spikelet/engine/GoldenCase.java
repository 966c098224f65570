package io.spikelet.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * One case of a golden file: keys and their integers or words, written by a maker in bench-rigs/golden that knows the
 * equations and not this engine.
 */
public record GoldenCase(String name, Map<String, String> entries) {

    /** The cases of {@code golden/<file>.txt.gz}. */
    public static List<GoldenCase> read(String file) {
        List<GoldenCase> cases = new ArrayList<>();
        String path = "/golden/" + file + ".txt.gz";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(GoldenCase.class.getResourceAsStream(path)), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split(" ", 2);
                String value = words.length == 1 ? "" : words[1];
                if (words[0].equals("case")) {
                    cases.add(new GoldenCase(value, new LinkedHashMap<>()));
                } else if (!words[0].equals("#")) {
                    cases.getLast().entries.put(words[0], value);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return cases;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    String word(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException("case " + name + " has no " + key);
        }
        return entries.get(key);
    }

    public int[] ints(String key) {
        String text = word(key);
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] words = text.split(" ");
        int[] ints = new int[words.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = Integer.parseInt(words[i]);
        }
        return ints;
    }

    public byte[] bytes(String key) {
        int[] ints = ints(key);
        byte[] bytes = new byte[ints.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ints[i];
        }
        return bytes;
    }

    public int number(String key) {
        return Integer.parseInt(word(key));
    }

    @Override
    public String toString() {
        return name;
    }
}
