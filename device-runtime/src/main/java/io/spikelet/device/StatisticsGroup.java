package io.spikelet.device;

import io.spikelet.adapt.AdaptationReport;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.InferenceWindow;
import io.spikelet.telemetry.Reading;
import io.spikelet.telemetry.StatField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** SMP's statistics: counters by group name, for clients that know nothing of us ({@code mcumgr stat adapt}). */
final class StatisticsGroup implements SmpGroup {
    static final int ID = 2;

    private static final int GROUP_DATA = 0;
    private static final int LIST = 1;

    /** Zephyr's {@code STAT_MGMT_ERR_INVALID_GROUP}. */
    private static final int ERROR_NO_GROUP = 2;

    private static final String INFERENCE = "infer";
    private static final String ADAPTATION = "adapt";

    private final Board board;
    private final InferenceWindow window;
    private final Supplier<Map<BoardMetric, Reading>> readings;

    StatisticsGroup(Board board, InferenceWindow window) {
        this(board, window, Map::of);
    }

    /** @param readings of the group {@link StatField#GROUP} */
    StatisticsGroup(Board board, InferenceWindow window, Supplier<Map<BoardMetric, Reading>> readings) {
        this.board = board;
        this.window = window;
        this.readings = readings;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException {
        request.requireRead();
        return switch (request.command()) {
            case GROUP_DATA -> groupData(request.text("name"));
            case LIST -> Map.of("stat_list", names());
            default -> throw SmpException.notSupported(request);
        };
    }

    private Optional<Adaptation> adaptation() {
        return board.model().flatMap(RunningModel::adaptation);
    }

    private List<Object> names() {
        List<Object> names = new ArrayList<>(List.of(INFERENCE, StatField.GROUP));
        if (adaptation().isPresent()) {
            names.add(ADAPTATION);
        }
        return names;
    }

    private Map<String, Object> groupData(String name) throws SmpException {
        if (!names().contains(name)) {
            throw SmpException.ofGroup(ERROR_NO_GROUP, SmpError.NO_ENTRY, "there are no statistics " + name);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", name);
        answer.put(
                "fields",
                switch (name) {
                    case INFERENCE -> Map.of("inferences", window.inferences());
                    case StatField.GROUP -> telemetry();
                    default -> fields(adaptation().orElseThrow().service().report());
                });
        return answer;
    }

    /** What the board tells by telemetry, as far as it is numbers; a number that there is not is left out. */
    private Map<String, Object> telemetry() {
        Map<BoardMetric, Reading> now = readings.get();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (StatField field : StatField.values()) {
            Reading reading = now.get(field.metric());
            if (reading != null) {
                field.encode(reading).ifPresent(value -> fields.put(field.key(), value));
            }
        }
        return fields;
    }

    /** The counters of an adaptation, none below 0. */
    static Map<String, Object> fields(AdaptationReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("taken", report.taken());
        fields.put("labelled", report.labelled());
        fields.put("self", report.selfLabelled());
        fields.put("right", report.rewardedRight());
        fields.put("wrong", report.rewardedWrong());
        fields.put("refused", report.refused());
        fields.put("candidate", report.candidateSamples());
        fields.put("served", report.servedSamples());
        fields.put("promoted", report.promotions());
        fields.put("rolledback", report.rollbacks());
        fields.put("held", report.held());
        fields.put("drifts", report.drifts());
        fields.put("guard", report.guardSamples());
        fields.put("replay", report.replaySamples());
        return fields;
    }
}
