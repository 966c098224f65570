package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.manage.LogRing;
import io.spikelet.manage.SettingKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The settings that a board knows (docs/wire.md). */
final class BoardKeys {
    static final String TELEMETRY_PERIOD = "telemetry/period";
    static final String LOG_LEVEL = "log/level";
    static final String LED_USE = "led/use";
    static final String ADAPT_SETTINGS = "adapt/settings";

    static final String DUT_MODE = "dut/mode";

    static final String ON = "on";
    static final String OFF = "off";

    private static final long LEAST_PERIOD_MILLIS = 100;
    private static final long MOST_PERIOD_MILLIS = 3_600_000;

    private BoardKeys() {}

    /** @param periodMillis the least time between two telemetry messages while nobody has set another */
    static List<SettingKey> all(long periodMillis) {
        return List.of(
                new SettingKey(
                        TELEMETRY_PERIOD,
                        Long.toString(periodMillis),
                        SettingKey.Effect.AT_ONCE,
                        SettingKey.number(LEAST_PERIOD_MILLIS, MOST_PERIOD_MILLIS)),
                new SettingKey(LOG_LEVEL, "info", SettingKey.Effect.AT_ONCE, SettingKey.oneOf(levels())),
                new SettingKey(LED_USE, ON, SettingKey.Effect.AT_ONCE, SettingKey.oneOf(ON, OFF)),
                new SettingKey(ADAPT_SETTINGS, "", SettingKey.Effect.AT_RESET, BoardKeys::checkAdaptation),
                new SettingKey(DUT_MODE, "", SettingKey.Effect.AT_RESET, BoardKeys::checkMode));
    }

    private static String[] levels() {
        return Arrays.stream(LogRing.Level.values())
                .map(level -> level.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    private static void checkMode(String value) {
        if (!value.isEmpty() && DutArguments.Mode.named(value).isEmpty()) {
            throw new IllegalArgumentException("must be empty, performance, energy or off, not \"" + value + "\"");
        }
    }

    private static void checkAdaptation(String value) {
        if (!value.isEmpty() && !value.equals(ON) && !value.equals(OFF)) {
            AdaptationSettings.parse(value);
        }
    }
}
