package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.AdaptationClient;
import io.spikelet.host.link.AdaptationClient.Memory;
import io.spikelet.host.link.AdaptationClient.Order;
import io.spikelet.host.link.AdaptationStatus;
import io.spikelet.host.link.BoardClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet adapt}: asks and tells a board whose model adapts. */
@Command(
        name = "adapt",
        description = "Ask and tell a board whose model adapts (spikelet-device --adapt).",
        synopsisSubcommandLabel = "status|label|reward|guard|replay|evaluate|rollback|epoch|clear-guard|clear-replay",
        footer = {
            "",
            "Samples to learn go to the board with 'spikelet learn'.",
            "",
            "Examples:",
            "  spikelet adapt guard --to serial:/dev/ttyACM0 --data digits.h5 --split validation",
            "  spikelet adapt replay --to serial:/dev/ttyACM0 --data digits.h5 --split train",
            "  spikelet adapt label --to serial:/dev/ttyACM0 --id 17 --label 3",
            "  spikelet adapt status --to serial:/dev/ttyACM0"
        })
final class AdaptCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    AdaptCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "status", description = "Counters, accuracies on the guard set, the last events.")
    int status(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            AdaptationStatus status = client.adaptation().status();
            out().println(text(status));
            client.adaptation()
                    .events()
                    .forEach(event -> out().println("  " + event.number() + "  " + event.sentence()));
        }
        return 0;
    }

    private static String text(AdaptationStatus status) {
        return "samples taken     " + status.taken() + ", " + status.atRisk() + " of them since the last checkpoint"
                + "\nlabelled itself   " + status.selfLabelled()
                + "\nrewards           " + status.rewardedRight() + " right, " + status.rewardedWrong() + " wrong"
                + "\nrefused           " + status.refused() + " inputs of a stuck sensor"
                + "\nserved model      shaped by " + status.servedSamples() + " samples, candidate by "
                + status.candidateSamples()
                + "\ncandidates        " + status.promotions() + " promoted, " + status.held() + " times held, "
                + status.rollbacks() + " rolled back"
                + "\nguard set         " + status.guardSamples() + " samples: served " + percent(status.guardAccuracy())
                + ", the image's own weights " + percent(status.imageAccuracy())
                + "\nreplay memory     " + status.replaySamples() + " samples"
                + "\ndrift             " + status.drifts() + " alarms" + (status.drifting() ? ", one stands" : "");
    }

    private static String percent(long share) {
        return share < 0 ? "not taken yet" : String.format(Locale.ROOT, "%.2f %%", share / 100.0);
    }

    @Command(name = "label", description = "Give the label of an input that the board answered.")
    int label(
            @Mixin BoardOption board,
            @Option(names = "--id", required = true, paramLabel = "N", description = "The input's number.") long id,
            @Option(names = "--label", required = true, paramLabel = "CLASS") int label)
            throws IOException {
        try (BoardClient client = board.open()) {
            out().println(client.adaptation().label(id, label) + " samples taken");
        }
        return 0;
    }

    @Command(name = "reward", description = "Tell whether the answer to an input was right.")
    int reward(
            @Mixin BoardOption board,
            @Option(names = "--id", required = true, paramLabel = "N", description = "The input's number.") long id,
            @Option(names = "--wrong", description = "It was not.") boolean wasWrong)
            throws IOException {
        try (BoardClient client = board.open()) {
            out().println(client.adaptation().reward(id, !wasWrong) + " samples taken");
        }
        return 0;
    }

    @Command(name = "guard", description = "Replace the guard set by labelled samples that were never learned.")
    int guard(@Mixin BoardOption board, @Mixin SamplesOption samples) throws Exception {
        SampleSet set = samples.read();
        try (BoardClient client = board.open()) {
            SamplesOption.requireFit(client, set);
            AdaptationClient adaptation = client.adaptation();
            adaptation.tell(Order.CLEAR_GUARD);
            adaptation.send(Memory.GUARD, set.samples(), set.labels());
            adaptation.tell(Order.END_GUARD);
            AdaptationStatus status = adaptation.status();
            out().println(status.guardSamples() + " of " + set.count()
                    + " samples guard; the image's own weights reach " + percent(status.imageAccuracy()) + " on them");
        }
        return 0;
    }

    @Command(name = "replay", description = "Add samples of the past to the replay memory, then begin an epoch.")
    int replay(@Mixin BoardOption board, @Mixin SamplesOption samples) throws Exception {
        SampleSet set = samples.read();
        try (BoardClient client = board.open()) {
            SamplesOption.requireFit(client, set);
            AdaptationClient adaptation = client.adaptation();
            adaptation.send(Memory.REPLAY, set.samples(), set.labels());
            adaptation.tell(Order.BEGIN_EPOCH);
            out().println("the replay memory holds " + adaptation.status().replaySamples() + " samples");
        }
        return 0;
    }

    @Command(name = "evaluate", description = "Judge the candidate now.")
    int evaluate(@Mixin BoardOption board) throws IOException {
        return tell(board, Order.EVALUATE);
    }

    @Command(name = "rollback", description = "Take the candidate back to the served model.")
    int rollBack(@Mixin BoardOption board) throws IOException {
        return tell(board, Order.ROLL_BACK);
    }

    @Command(name = "epoch", description = "Samples are of another day from now on.")
    int epoch(@Mixin BoardOption board) throws IOException {
        return tell(board, Order.BEGIN_EPOCH);
    }

    @Command(name = "clear-guard", description = "Empty the guard set.")
    int clearGuard(@Mixin BoardOption board) throws IOException {
        return tell(board, Order.CLEAR_GUARD);
    }

    @Command(name = "clear-replay", description = "Empty the replay memory.")
    int clearReplay(@Mixin BoardOption board) throws IOException {
        return tell(board, Order.CLEAR_REPLAY);
    }

    private static int tell(BoardOption board, Order order) throws IOException {
        try (BoardClient client = board.open()) {
            client.adaptation().tell(order);
        }
        return 0;
    }
}
