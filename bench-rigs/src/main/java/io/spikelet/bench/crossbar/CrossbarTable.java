package io.spikelet.bench.crossbar;

import java.util.List;
import java.util.Locale;

/** The trials as rows. */
final class CrossbarTable {
    static final List<String> HEADINGS =
            List.of("part", "condition", "network", "own accuracy", "points lost", "over chips", "chips", "crossbars");

    private CrossbarTable() {}

    static String subject(Trial trial) {
        return trial.subject().group() + ", T = " + trial.subject().steps();
    }

    static List<String> row(Trial trial) {
        return List.of(
                trial.part(),
                trial.condition(),
                subject(trial),
                String.format(Locale.ROOT, "%.2f %%", 100 * trial.subject().clean()),
                String.format(Locale.ROOT, "%.2f", trial.chips().mean()),
                String.format(Locale.ROOT, "± %.2f", trial.chips().spread()),
                String.valueOf(trial.chips().losses().length),
                trial.setup());
    }

    static List<List<String>> rows(List<Trial> trials) {
        return trials.stream().map(CrossbarTable::row).toList();
    }

    /** One line for a terminal. */
    static String line(Trial trial) {
        return String.format(
                Locale.ROOT,
                "%-28s %-34s %-24s %6.2f %% - %5.2f ± %.2f points",
                trial.part(),
                trial.condition(),
                subject(trial),
                100 * trial.subject().clean(),
                trial.chips().mean(),
                trial.chips().spread());
    }
}
