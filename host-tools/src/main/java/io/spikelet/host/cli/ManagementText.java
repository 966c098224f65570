package io.spikelet.host.cli;

import io.spikelet.host.link.BoardHealth;
import io.spikelet.host.link.LayerProfile;
import io.spikelet.host.link.LogLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What a board says of itself as a device, for a person and for scripts. */
final class ManagementText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] LEVELS = {"debug", "info", "warn", "error"};
    private static final long MEBIBYTE = 1 << 20;

    private ManagementText() {}

    static String text(BoardHealth health) {
        return "up                " + health.uptimeSeconds() + " s"
                + "\nlast start        " + health.lastStart()
                + "\nself-test         " + health.selfTest()
                + "\nmemory            " + mebibytes(health.residentBytes()) + ", heap "
                + mebibytes(OptionalLong.of(health.heapBytes())) + " of "
                + mebibytes(OptionalLong.of(health.heapMostBytes()))
                + "\ndisk left         " + mebibytes(health.freeBytes())
                + "\nfailed tasks      " + health.failures()
                + "\nsettings          " + (health.awaitsReset() ? "some wait for a reset" : "all in force");
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent()
                ? String.format(Locale.ROOT, "%.1f MiB", (double) bytes.getAsLong() / MEBIBYTE)
                : "not told";
    }

    static String json(BoardHealth health) {
        return Json.object(fields -> {
            fields.writeNumberField("uptime_seconds", health.uptimeSeconds());
            fields.writeNumberField("heap_bytes", health.heapBytes());
            fields.writeNumberField("heap_most_bytes", health.heapMostBytes());
            if (health.residentBytes().isPresent()) {
                fields.writeNumberField("resident_bytes", health.residentBytes().getAsLong());
            }
            if (health.freeBytes().isPresent()) {
                fields.writeNumberField("free_bytes", health.freeBytes().getAsLong());
            }
            fields.writeStringField("last_start", health.lastStart());
            fields.writeStringField("self_test", health.selfTest());
            fields.writeNumberField("failures", health.failures());
            fields.writeBooleanField("awaits_reset", health.awaitsReset());
        });
    }

    static String text(LogLine line) {
        String level = line.level() < LEVELS.length ? LEVELS[line.level()] : Integer.toString(line.level());
        return TIME.format(Instant.EPOCH.plus(line.epochMicros(), ChronoUnit.MICROS)) + " "
                + String.format(Locale.ROOT, "%-5s ", level) + line.text();
    }

    static String text(List<LayerProfile> layers) {
        long sum = Math.max(1, layers.stream().mapToLong(LayerProfile::nanos).sum());
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-28s %10s %6s %10s %12s", "layer", "µs", "share", "spikes", "synops"));
        for (LayerProfile layer : layers) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-28s %10.1f %5.1f%% %10d %12d",
                    layer.name(),
                    layer.nanos() / 1000.0,
                    100.0 * layer.nanos() / sum,
                    layer.spikes(),
                    layer.synapticOperations()));
        }
        return text.toString();
    }
}
