package io.spikelet.bench.powercut;

import io.spikelet.bench.powercut.KilledAdaptation.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench powercut}: kills a board that learns, as often as one wants. */
@Command(
        name = "powercut",
        description =
                "Kill a board process that adapts with SIGKILL at seeded random moments, and compare what it goes on"
                        + " from with a twin that was never killed.",
        footer = {
            "",
            "Exit code 1 when a start served anything but what the twin had learned from as many samples, when more",
            "samples were lost than a checkpoint interval, or when the log does not say which checkpoint was found.",
            "",
            "Example:",
            "  spikelet bench powercut --kills 100"
        })
public final class PowercutCommand implements Callable<Integer> {
    @Option(
            names = "--kills",
            defaultValue = "100",
            paramLabel = "N",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            defaultValue = "20260301",
            paramLabel = "N",
            description = "Of the moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--each", description = "Print a line after each kill.")
    private boolean each;

    @Spec
    private CommandSpec spec;

    PowercutCommand() {}

    @Override
    public Integer call() throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("powercut needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        if (kills < 1) {
            throw new IllegalArgumentException("--kills must be 1 or more: " + kills);
        }
        Path folder = Files.createTempDirectory("powercut");
        PrintWriter out = spec.commandLine().getOut();
        Outcome outcome = new KilledAdaptation(Path.of(home), folder).run(kills, seed, line -> {
            if (each) {
                out.println(line);
            }
        });
        out.println("kills             " + outcome.kills()
                + "\nsamples taken     " + outcome.samples() + ", " + outcome.promotions() + " promotions"
                + "\ntorn              " + outcome.torn()
                + "\nlost at most      " + outcome.mostLost() + " acknowledged samples; checkpoints every "
                + outcome.interval()
                + "\nnot in the log    " + outcome.unsaid()
                + "\ndata and log      " + folder);
        return outcome.holds() ? 0 : 1;
    }
}
