package io.spikelet.host.quantise;

import io.spikelet.host.Progress;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.KindTrial;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries each layer of weights alone in other kinds (docs/quantisation.md, Q11). */
public final class Adviser {
    private static final List<WeightKind> KINDS =
            List.of(WeightKind.INT8, WeightKind.INT4, WeightKind.TERNARY, WeightKind.BINARY);

    private Adviser() {}

    /**
     * Tries, for every layer of weights that does not learn, each narrower kind, and int8 where it is not int8.
     *
     * @param progress told after every trial
     * @throws QuantiseException when a network cannot be made, as with {@link Quantiser#quantise}
     */
    public static Advice advise(Trials trials, Progress progress) throws QuantiseException {
        Map<String, WeightKind> free = trials.free();
        int total = free.values().stream().mapToInt(kind -> others(kind).size()).sum();
        List<KindTrial> tried = new ArrayList<>();
        for (Map.Entry<String, WeightKind> layer : free.entrySet()) {
            for (WeightKind other : others(layer.getValue())) {
                tried.add(trial(trials, layer.getKey(), layer.getValue(), other));
                progress.at(tried.size(), total);
            }
        }
        List<String> untried = trials.learning().stream()
                .map(name -> "layer '" + name + "' learns on the board, where weights are int8")
                .toList();
        return new Advice(trials.base().evaluation().accuracy(), tried, untried);
    }

    private static KindTrial trial(Trials trials, String node, WeightKind from, WeightKind to)
            throws QuantiseException {
        Trials.Trial trial = trials.of(Map.of(node, to));
        return new KindTrial(
                node,
                from,
                to,
                trials.base().bytes() - trial.bytes(),
                trials.loss(trial),
                trials.weightError(node, trial));
    }

    /** Kinds that are worth a trial. */
    private static List<WeightKind> others(WeightKind kind) {
        return KINDS.stream()
                .filter(other -> other.bits() < kind.bits() || other == WeightKind.INT8 && kind != WeightKind.INT8)
                .toList();
    }
}
