package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.Adviser;
import io.spikelet.host.quantise.MixedPlanner;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Trials;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.MixedPlan;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What kinds of weights are tried, and whether a budget of bytes chooses among them. */
final class ChoiceOption {
    @Option(
            names = "--advise",
            description = "Try each layer of weights alone in other kinds on the samples, and say what it costs.")
    private boolean advise;

    @Option(
            names = "--byte-budget",
            paramLabel = "N",
            description = "Choose kinds of weights layer by layer so that the network, without its self-tests,"
                    + " has at most N bytes.")
    private Long budget;

    @Option(
            names = "--plan-by",
            paramLabel = "BASIS",
            description =
                    "What a byte budget chooses by: loss, the accuracy that each layer alone loses on the samples;"
                            + " weights, the error of its weights, which is quick (default: loss).")
    private String basis;

    /**
     * What was found.
     *
     * @param options those that were given, with the kinds of the plan where there is one
     */
    record Choice(QuantiseOptions options, Optional<Advice> advice, Optional<MixedPlan> plan) {
        /** Where there was nothing to choose. */
        static final Choice NONE = new Choice(null, Optional.empty(), Optional.empty());
    }

    ChoiceOption() {}

    /** Whether anything was asked for. */
    boolean isMade() {
        return advise || budget != null;
    }

    /** Refuses options that do not go together, before any work. */
    void verify() {
        if (basis != null && budget == null) {
            throw new IllegalArgumentException("--plan-by says how --byte-budget N chooses; give a budget");
        }
        if (basis != null && !basis.equals("loss") && !basis.equals("weights")) {
            throw new IllegalArgumentException("--plan-by is loss or weights, not '" + basis + "'");
        }
        if (budget != null && budget < 1) {
            throw new IllegalArgumentException("--byte-budget must be 1 or more: " + budget);
        }
    }

    Choice choose(Graph graph, QuantiseOptions options, SampleSet samples, PrintWriter err) throws QuantiseException {
        if (!advise && budget == null) {
            return new Choice(options, Optional.empty(), Optional.empty());
        }
        boolean byWeights = "weights".equals(basis);
        Trials trials = worked(err, "preparing trials", line -> Trials.of(graph, options, samples, line::at));
        Optional<Advice> advice = advise || !byWeights
                ? Optional.of(worked(err, "trying each layer", line -> Adviser.advise(trials, line::at)))
                : Optional.empty();
        if (budget == null) {
            return new Choice(options, advice, Optional.empty());
        }
        MixedPlan plan = worked(
                err,
                "planning",
                line -> byWeights
                        ? MixedPlanner.byWeights(trials, budget, line::at)
                        : MixedPlanner.byLoss(trials, advice.orElseThrow(), budget, line::at));
        QuantiseOptions planned =
                options.withWeights(options.weights().with(plan.choice().kinds()));
        return new Choice(planned, advice, Optional.of(plan));
    }

    private interface Work<T> {
        T with(ProgressLine line) throws QuantiseException;
    }

    private static <T> T worked(PrintWriter err, String what, Work<T> work) throws QuantiseException {
        ProgressLine line = new ProgressLine(err, what);
        try {
            return work.with(line);
        } finally {
            line.done();
        }
    }
}
