package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.store.CollectorsHeard;
import io.spikelet.telemetry.BoardMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at the boards of a wave as the store knows them, and says what is wrong. */
public final class HealthGate {
    private final Fleet fleet;
    private final List<HaltRule> rules;
    private final Predicate<BoardId> heard;

    /** @param heard whether a collector that is alive hears a board */
    public HealthGate(Fleet fleet, List<HaltRule> rules, Predicate<BoardId> heard) {
        this.fleet = fleet;
        this.heard = heard;
        this.rules = List.copyOf(rules);
    }

    /**
     * Judges a wave.
     *
     * @param digest of the image that boards on trial must serve, hex
     * @param last whether what cannot be judged counts as wrong, as it does at the end of a soak
     * @return what is wrong, in a sentence; empty when all is well
     */
    public Optional<String> alarm(List<BoardStep> wave, String digest, boolean last) {
        List<BoardStep> failed = wave.stream()
                .filter(step -> step.state() == BoardStep.State.FAILED)
                .toList();
        List<BoardStep> trial = wave.stream()
                .filter(step -> step.state() == BoardStep.State.TRIAL)
                .toList();
        List<BoardStep> away =
                trial.stream().filter(step -> !serves(step.board(), digest)).toList();
        for (HaltRule rule : rules) {
            Optional<String> alarm = switch (rule.subject()) {
                case FAILED -> tooMany(failed, wave.size(), rule, "did not take the image");
                case OFFLINE -> tooMany(away, wave.size(), rule, "not online with the image");
                case FIGURE -> figure(rule, trial, away, last);
            };
            if (alarm.isPresent()) {
                return alarm;
            }
        }
        return Optional.empty();
    }

    /** Why a wave cannot be judged at all, in a sentence: nobody hears its boards any more; empty when all is well. */
    public Optional<String> blind(List<BoardStep> wave) {
        List<BoardStep> unheard =
                wave.stream().filter(step -> !heard.test(step.board())).toList();
        return unheard.isEmpty()
                ? Optional.empty()
                : Optional.of("no collector has written news of " + names(unheard) + " for "
                        + CollectorsHeard.SILENT_MILLIS / 1000
                        + " s, so nothing can be judged: start 'spikelet collect' again, then --go-on");
    }

    private static Optional<String> tooMany(List<BoardStep> boards, int of, HaltRule rule, String what) {
        if (boards.isEmpty() || boards.size() <= rule.bound() * of) {
            return Optional.empty();
        }
        BoardStep first = boards.getFirst();
        String detail = first.detail().isEmpty() ? "" : " (" + first.board() + ": " + first.detail() + ")";
        return Optional.of(boards.size() + " of " + of + " boards " + what + ", the rule " + rule.text() + " halts: "
                + names(boards) + detail);
    }

    private static String names(List<BoardStep> boards) {
        List<String> names = new ArrayList<>();
        boards.stream().limit(5).forEach(step -> names.add(step.board().toString()));
        return String.join(", ", names) + (boards.size() > 5 ? " and " + (boards.size() - 5) + " more" : "");
    }

    private Optional<String> figure(HaltRule rule, List<BoardStep> trial, List<BoardStep> away, boolean last) {
        for (BoardStep step : trial) {
            if (away.contains(step)) {
                continue; // judged by the rule on offline boards
            }
            BoardSnapshot now = fleet.find(step.board()).map(Board::snapshot).orElseThrow();
            double before = rule.needsBefore() ? step.before(rule.figure().orElseThrow()) : 0;
            Optional<String> alarm = rule.alarm(now.row(), before);
            if (alarm.isEmpty() && last) {
                alarm = rule.unknown(now.row(), before);
            }
            if (alarm.isPresent()) {
                return alarm;
            }
        }
        return Optional.empty();
    }

    /** Whether a board is online with an image, by its own telemetry. */
    private boolean serves(BoardId board, String digest) {
        Optional<BoardSnapshot> now = fleet.find(board).map(Board::snapshot);
        return now.isPresent()
                && now.get().state() == BoardState.ONLINE
                && now.get().text(BoardMetric.MODEL_DIGEST.wireName()).equals(digest);
    }
}
