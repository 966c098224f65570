package io.spikelet.host.fleet.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.FleetEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One board in depth. */
final class BoardDetail {
    private static final int MOST_EVENTS = 50;

    private BoardDetail() {}

    /** @throws IllegalArgumentException when there is no such board */
    static String of(FleetSource source, BoardId id) throws IOException {
        Optional<Board> board = source.fleet().find(id);
        if (board.isEmpty()) {
            throw new IllegalArgumentException("no board " + id + " was heard of");
        }
        BoardSnapshot snapshot = board.get().snapshot();
        List<FleetEvent> events = source.store().isEmpty()
                ? List.of()
                : StoreFailedException.reading(() -> source.store().get().events(id, MOST_EVENTS));
        return FleetJson.object(json -> {
            FleetJson.board(json, snapshot);
            events(json, events);
        });
    }

    /** The last events of all boards, and the roll-outs. */
    static String events(FleetSource source) throws IOException {
        if (source.store().isEmpty()) {
            return "{\"events\":[],\"rollouts\":[]}";
        }
        List<FleetEvent> events =
                StoreFailedException.reading(() -> source.store().get().events(null, MOST_EVENTS));
        List<String> rollouts =
                StoreFailedException.reading(() -> source.store().get().rollouts(5));
        return FleetJson.object(json -> {
            events(json, events);
            json.writeArrayFieldStart("rollouts");
            for (String rollout : rollouts) {
                json.writeRawValue(rollout);
            }
            json.writeEndArray();
        });
    }

    private static void events(JsonGenerator json, List<FleetEvent> events) throws IOException {
        json.writeArrayFieldStart("events");
        for (FleetEvent event : events) {
            FleetJson.event(json, event);
        }
        json.writeEndArray();
    }
}
