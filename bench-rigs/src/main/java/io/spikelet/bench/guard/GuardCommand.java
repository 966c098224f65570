package io.spikelet.bench.guard;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.bench.guard.GuardedDigits.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench guard}: bad streams of labels, and what is served after each. */
@Command(
        name = "guard",
        description =
                "Teach the bundled digits wrong labels, one class, a stuck sensor; print what the adaptation service"
                    + " serves after each, beside a model that learned the same without it; once with a guard set and"
                    + " a past that a host gave it, once with what it takes from the stream alone.",
        footer = {
            "",
            "Exit code 1 when a served model is worse than the image by more than the margin, on the guard set or on"
                    + " the samples that nobody guards, or when the event is not told.",
            "",
            "Example:",
            "  spikelet bench guard --samples 1200 --events"
        })
public final class GuardCommand implements Callable<Integer> {
    @Option(
            names = "--samples",
            defaultValue = "1200",
            paramLabel = "N",
            description = "Of each stream (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(names = "--events", description = "Print the last events of each.")
    private boolean events;

    @Spec
    private CommandSpec spec;

    GuardCommand() {}

    @Override
    public Integer call() throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("guard needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("--samples must be 1 or more: " + samples);
        }
        GuardedDigits digits = new GuardedDigits(Path.of(home).resolve("bench-rigs/zoo"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "stream               guard set  image   served  candidate  plain   guard: image  served   promoted "
                        + " rolled back  held  refused");
        boolean holds = true;
        for (int row = 0; row < 2 * LabelStream.values().length; row++) {
            LabelStream stream = LabelStream.values()[row % LabelStream.values().length];
            Outcome outcome = digits.run(stream, samples, row < LabelStream.values().length);
            holds &= outcome.broken().isEmpty();
            out.println(row(outcome));
            outcome.broken().forEach(broken -> out.println("    BROKEN: " + broken));
            out.flush();
            if (events) {
                for (AdaptationEvent event : outcome.events()) {
                    out.println("    " + event.sentence());
                }
            }
        }
        return holds ? 0 : 1;
    }

    private static String row(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%-19s  %-9s %6.2f   %6.2f     %6.2f %6.2f         %6s  %6s  %8d  %11d  %4d  %7d",
                outcome.stream().words(),
                outcome.guarded() ? "given" : "own",
                100 * outcome.image(),
                100 * outcome.served(),
                100 * outcome.candidate(),
                100 * outcome.plain(),
                share(outcome.report().imageAccuracy()),
                share(outcome.report().servedAccuracy()),
                outcome.report().promotions(),
                outcome.report().rollbacks(),
                outcome.report().held(),
                outcome.report().refused());
    }

    /** Of a guard set that changed since it last judged nothing is known. */
    private static String share(int accuracy) {
        return accuracy < 0 ? "-" : String.format(Locale.ROOT, "%.2f", accuracy / 100.0);
    }
}
