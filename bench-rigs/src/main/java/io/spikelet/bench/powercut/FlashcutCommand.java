package io.spikelet.bench.powercut;

import io.spikelet.bench.powercut.KilledFlashing.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench flashcut}: kills a board that is flashed, as often as one wants. */
@Command(
        name = "flashcut",
        description = "Kill a board process with SIGKILL at seeded random moments of a stream of uploads, trials,"
                + " confirmations, erasures and resets, and look whether the confirmed image still serves.",
        footer = {
            "",
            "Exit code 1 when a start did not serve the protocol, lost the confirmed image, served other bytes than"
                    + " that",
            "image's, or did not say that it reverted a trial.",
            "",
            "Example:",
            "  spikelet bench flashcut --kills 200"
        })
public final class FlashcutCommand implements Callable<Integer> {
    @Option(
            names = "--kills",
            defaultValue = "200",
            paramLabel = "N",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            defaultValue = "20261128",
            paramLabel = "N",
            description = "Of requests and moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--each", description = "Print a line after each kill.")
    private boolean each;

    @Spec
    private CommandSpec spec;

    FlashcutCommand() {}

    @Override
    public Integer call() throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("flashcut needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        if (kills < 1) {
            throw new IllegalArgumentException("--kills must be 1 or more: " + kills);
        }
        Path folder = Files.createTempDirectory("flashcut");
        PrintWriter out = spec.commandLine().getOut();
        Outcome outcome = new KilledFlashing(Path.of(home), folder).run(kills, seed, line -> {
            if (each) {
                out.println(line);
            }
        });
        out.println("kills               " + outcome.kills()
                + "\nbricked             " + outcome.bricked()
                + "\nconfirmed lost      " + outcome.lost()
                + "\ntorn or no model    " + outcome.torn()
                + "\nreverts             " + outcome.reverted() + ", " + outcome.untold() + " of them not told"
                + "\nfailed self-tests   " + outcome.failed() + " reverted by themselves"
                + "\nanswered requests   " + outcome.done()
                + "\nrefused requests    " + outcome.refused()
                + "\ndata and log        " + folder);
        return outcome.holds() ? 0 : 1;
    }
}
