package io.spikelet.host.report;

import java.util.Locale;

/** Numbers of bytes for a person; 1 kB is 1000 bytes. */
public final class ByteText {
    private static final double KILO = 1000;

    private ByteText() {}

    public static String of(long bytes) {
        if (bytes < KILO) {
            return bytes + " bytes";
        }
        double kilo = bytes / KILO;
        return kilo < KILO
                ? String.format(Locale.ROOT, kilo < 100 ? "%.1f kB" : "%.0f kB", kilo)
                : String.format(Locale.ROOT, "%.2f MB", kilo / KILO);
    }
}
