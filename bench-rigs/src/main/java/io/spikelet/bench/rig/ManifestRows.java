package io.spikelet.bench.rig;

import io.spikelet.hal.meter.MeterTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The circumstances of a run as rows of a table. */
final class ManifestRows {
    private ManifestRows() {}

    static List<List<String>> of(RunResult result) {
        Manifest manifest = result.manifest();
        List<List<String>> rows = new ArrayList<>();
        row(rows, "Began", manifest.started().toString());
        row(rows, "Device", manifest.identity().name() + " at " + manifest.dut());
        row(
                rows,
                "Its firmware",
                manifest.identity().profile() + ", model " + manifest.identity().model());
        manifest.image().ifPresent(image -> {
            row(rows, "Image", image.file() + ": " + image.name() + " " + image.version());
            row(rows, "SHA-256 of the image", image.digest());
        });
        row(rows, "Inputs of windows", manifest.inputs());
        row(rows, "Windows", manifest.rules().sentence());
        row(rows, "Warm-up", manifest.rules().warmups() + " inferences before each window");
        result.energy().ifPresent(energy -> meter(rows, energy));
        row(rows, "Driven by", manifest.host().sentence());
        return rows;
    }

    private static void meter(List<List<String>> rows, EnergyOutcome energy) {
        MeterTraits traits = energy.traits();
        row(rows, "Meter", traits.name() + ": " + traits.source());
        row(rows, "Why this meter", energy.why().replaceFirst("^meter: ", ""));
        row(
                rows,
                "It promises",
                String.format(
                        Locale.ROOT,
                        "%.6g samples a second, each %s; ±(%.3g %% + %.3g W), steps of %.3g W; clock within %.3g ppm;"
                                + " %d digital inputs",
                        traits.samplesPerSecond(),
                        traits.means() ? "a mean" : "a moment",
                        100 * traits.accuracy().gain(),
                        traits.accuracy().offsetWatts(),
                        traits.accuracy().resolutionWatts(),
                        traits.clockPpm(),
                        traits.digitalInputs()));
        EnergyOutcome.Counts counts = energy.counts();
        row(
                rows,
                "It delivered",
                counts.samples() + " samples, lost " + counts.lost() + ", broken " + counts.broken() + ", "
                        + counts.rangeSwitches() + " range switches");
        row(rows, "Windows were cut", energy.cut());
    }

    private static void row(List<List<String>> rows, String what, String value) {
        rows.add(List.of(what, value));
    }
}
