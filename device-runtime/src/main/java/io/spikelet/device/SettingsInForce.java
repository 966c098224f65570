package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.manage.BoardSettings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the settings of a board do to its parts. */
final class SettingsInForce {
    private final BoardSettings settings;
    private final NodeTelemetry telemetry;
    private final StatusLight light;

    SettingsInForce(BoardSettings settings, NodeTelemetry telemetry, StatusLight light) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.light = light;
    }

    /** Tells the parts what holds now, and whenever that changes. */
    void begin() {
        settings.whenInForce(this::apply);
        apply();
    }

    private void apply() {
        telemetry.pace(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(settings.value(BoardKeys.TELEMETRY_PERIOD))));
        light.use(settings.value(BoardKeys.LED_USE).equals(BoardKeys.ON));
        LogTap.setLevel(settings.given(BoardKeys.LOG_LEVEL).map(LogTap::level));
    }

    /**
     * How runners are answered from this start on: as the setting says, else as the command line does.
     *
     * @param said by the command line
     */
    static DutArguments.Mode dut(BoardSettings settings, DutArguments.Mode said) {
        return DutArguments.Mode.named(settings.value(BoardKeys.DUT_MODE)).orElse(said);
    }

    /**
     * How the model adapts from this start on: as the setting says, else as the command line does.
     *
     * @param said by the command line
     */
    static Optional<AdaptationSettings> adaptation(BoardSettings settings, Optional<AdaptationSettings> said) {
        String words = settings.value(BoardKeys.ADAPT_SETTINGS);
        return switch (words) {
            case "" -> said;
            case BoardKeys.OFF -> Optional.empty();
            case BoardKeys.ON -> Optional.of(AdaptationSettings.DEFAULT);
            default -> Optional.of(AdaptationSettings.parse(words));
        };
    }
}
