package io.spikelet.host.quantise;

import io.spikelet.host.Progress;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.KindTrial;
import io.spikelet.host.report.MixedPlan;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chooses kinds of weights under a budget of bytes (docs/quantisation.md, Q12), as ALBSNN orders its layers (Pei et al.,
 * arXiv 2208.00398): the layer that loses least for a byte gets narrower first, until nothing can.
 */
public final class MixedPlanner {
    private static final List<WeightKind> NARROWER = List.of(WeightKind.INT4, WeightKind.TERNARY, WeightKind.BINARY);

    private final Trials trials;
    private final MixedPlan.Basis basis;
    private final List<Option> options;
    private final Map<String, WeightKind> present;

    /**
     * One layer as another kind, against the base.
     *
     * @param bytes saved
     * @param points lost; NaN where nobody measured
     * @param most points that may be lost, by the interval's upper end
     * @param error of the weights
     */
    private record Option(String node, WeightKind kind, long bytes, double points, double most, double error) {}

    /** An option, less what its layer has already given up and saved. */
    private record Move(Option option, long bytes, double most, double error) {}

    private MixedPlanner(Trials trials, MixedPlan.Basis basis, List<Option> options) {
        this.trials = trials;
        this.basis = basis;
        this.options = options;
        present = new LinkedHashMap<>(trials.free());
        trials.named().forEach(present::remove);
    }

    /**
     * Plans by what layers lost in trials. Layers whose kind was asked for by name keep it.
     *
     * @param progress told after every network that is measured
     * @throws QuantiseException when even the narrowest network is larger than the budget
     */
    public static MixedPlan byLoss(Trials trials, Advice advice, long budget, Progress progress)
            throws QuantiseException {
        List<Option> options = new ArrayList<>();
        for (KindTrial trial : advice.trials()) {
            if (trial.bytesSaved() > 0) {
                options.add(new Option(
                        trial.layer(),
                        trial.to(),
                        trial.bytesSaved(),
                        trial.loss().points(),
                        trial.loss().interval().high(),
                        trial.weightError()));
            }
        }
        return new MixedPlanner(trials, MixedPlan.Basis.MEASURED, options).plan(budget, progress);
    }

    /**
     * Plans by the error of the weights alone. That error does not see what a layer is for, so the first and the last
     * layer of weights keep their kind, as in ALBSNN.
     *
     * @param progress told after every network that is measured
     * @throws QuantiseException when even the narrowest network is larger than the budget
     */
    public static MixedPlan byWeights(Trials trials, long budget, Progress progress) throws QuantiseException {
        List<String> inside = new ArrayList<>(trials.weighted().keySet());
        inside.removeFirst();
        if (!inside.isEmpty()) {
            inside.removeLast();
        }
        List<Option> options = new ArrayList<>();
        Map<String, WeightKind> free = trials.free();
        for (String node : inside) {
            for (WeightKind kind : free.containsKey(node) ? NARROWER : List.<WeightKind>of()) {
                Trials.Trial trial = trials.of(Map.of(node, kind));
                long saved = trials.base().bytes() - trial.bytes();
                if (saved > 0) {
                    options.add(new Option(node, kind, saved, Double.NaN, Double.NaN, trials.weightError(node, trial)));
                }
            }
        }
        return new MixedPlanner(trials, MixedPlan.Basis.WEIGHTS, options).plan(budget, progress);
    }

    private MixedPlan plan(long budget, Progress progress) throws QuantiseException {
        Map<String, Option> taken = new LinkedHashMap<>();
        List<MixedPlan.Point> points = new ArrayList<>();
        points.add(point("", taken));
        for (Move move = next(taken); move != null; move = next(taken)) {
            Option option = move.option();
            taken.put(option.node(), option);
            points.add(point(option.node() + ": " + word(option.kind()), taken));
            progress.at(points.size(), points.size() + moves(taken).size());
        }
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).bytes() <= budget) {
                return new MixedPlan(budget, basis, points, i);
            }
        }
        throw new QuantiseException("no plan fits into " + budget + " bytes: with every layer that may change as narrow"
                + " as it can be, the network has " + points.getLast().bytes()
                + "; give more bytes" + (basis == MixedPlan.Basis.WEIGHTS ? ", or plan by measured losses" : ""));
    }

    private MixedPlan.Point point(String step, Map<String, Option> taken) throws QuantiseException {
        Map<String, WeightKind> kinds = new LinkedHashMap<>();
        double points = 0;
        double error = 0;
        for (Option option : taken.values()) {
            kinds.put(option.node(), option.kind());
            points += option.points();
            error += option.error();
        }
        Trials.Trial trial = kinds.isEmpty() ? trials.base() : trials.of(kinds);
        return new MixedPlan.Point(
                step,
                kinds,
                trial.bytes(),
                basis == MixedPlan.Basis.MEASURED ? points : Double.NaN,
                error,
                trials.loss(trial));
    }

    /** The move that may lose least for a byte; of several the one whose weights err least for a byte. */
    private Move next(Map<String, Option> taken) {
        Comparator<Move> byError = Comparator.comparingDouble(move -> move.error() / move.bytes());
        Comparator<Move> order = basis == MixedPlan.Basis.WEIGHTS
                ? byError
                : Comparator.<Move>comparingDouble(move -> move.most() / move.bytes())
                        .thenComparing(byError);
        return moves(taken).stream().min(order).orElse(null);
    }

    /**
     * What may still get narrower. It counts what a layer may lose by its interval's upper end: samples on which answers
     * changed both ways widen that, though they add up to no loss.
     */
    private List<Move> moves(Map<String, Option> taken) {
        List<Move> moves = new ArrayList<>();
        for (Option option : options) {
            Option now = taken.get(option.node());
            long bytes = option.bytes() - (now == null ? 0 : now.bytes());
            if (present.containsKey(option.node()) && bytes > 0) {
                double most = Math.max(0, option.most()) - (now == null ? 0 : Math.max(0, now.most()));
                double error = option.error() - (now == null ? 0 : now.error());
                moves.add(new Move(option, bytes, Math.max(0, most), Math.max(0, error)));
            }
        }
        return moves;
    }

    private static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
