package io.spikelet.host.graph;

import io.spikelet.host.graph.Profile.Decay;
import io.spikelet.host.graph.Profile.IfScaling;
import io.spikelet.host.graph.Profile.Reset;
import io.spikelet.model.Operation.Comparison;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A profile of one's own: {@code custom:key=word,…}. What is not said is as in {@code norse}, the first word of each
 * key. An image records the keys in the order below, those that say something else than norse.
 */
final class CustomProfile {
    static final String PREFIX = "custom:";

    private enum Key {
        START("start", "silent", "bias"),
        IF("if", "unit", "dt"),
        DECAY("decay", "euler", "exact", "12bit"),
        RESET("reset", "value", "subtract", "subtract-next"),
        COMPARE("compare", "above", "at-least"),
        OUTPUT("output", "now", "late"),
        SPIKES("spikes", "one", "many"),
        FLOOR("floor", "none", "threshold");

        private final String key;
        private final List<String> words;

        Key(String key, String... words) {
            this.key = key;
            this.words = List.of(words);
        }
    }

    private CustomProfile() {}

    static Profile base(String name) {
        return profile(name, Map.of());
    }

    static Profile of(String name, String settings) {
        return profile(name, settings(settings));
    }

    /** @throws IllegalArgumentException naming the key or word that is not known */
    static Profile parse(String text) {
        Map<Key, Integer> settings = settings(text.substring(PREFIX.length()));
        String name = Arrays.stream(Key.values())
                .filter(key -> settings.getOrDefault(key, 0) > 0)
                .map(key -> key.key + "=" + key.words.get(settings.get(key)))
                .collect(Collectors.joining(","));
        return profile(PREFIX + name, settings);
    }

    private static Map<Key, Integer> settings(String text) {
        Map<Key, Integer> settings = new EnumMap<>(Key.class);
        for (String setting : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = setting.indexOf('=');
            Key key = key(equals < 0 ? setting : setting.substring(0, equals));
            String word = equals < 0 ? "" : setting.substring(equals + 1);
            if (!key.words.contains(word)) {
                throw new IllegalArgumentException("a custom profile says " + key.key + "="
                        + String.join("|", key.words) + ", not '" + setting + "'");
            }
            if (settings.put(key, key.words.indexOf(word)) != null) {
                throw new IllegalArgumentException("a custom profile says '" + key.key + "' twice");
            }
        }
        return settings;
    }

    private static Key key(String name) {
        for (Key key : Key.values()) {
            if (key.key.equals(name)) {
                return key;
            }
        }
        throw new IllegalArgumentException("a custom profile has no '" + name + "'; it is written custom:"
                + Arrays.stream(Key.values())
                        .map(key -> key.key + "=" + String.join("|", key.words))
                        .collect(Collectors.joining(",")));
    }

    private static Profile profile(String name, Map<Key, Integer> settings) {
        Reset reset = Reset.values()[settings.getOrDefault(Key.RESET, 0)];
        return new Profile(
                name,
                says(settings, Key.START),
                says(settings, Key.IF) ? IfScaling.TIME_STEP : IfScaling.UNIT,
                Decay.values()[settings.getOrDefault(Key.DECAY, 0)],
                reset,
                reset,
                says(settings, Key.COMPARE) ? Comparison.AT_OR_ABOVE : Comparison.STRICTLY_ABOVE,
                says(settings, Key.OUTPUT),
                says(settings, Key.SPIKES),
                says(settings, Key.FLOOR));
    }

    /** Whether a key of two words has the second. */
    private static boolean says(Map<Key, Integer> settings, Key key) {
        return settings.getOrDefault(key, 0) == 1;
    }
}
