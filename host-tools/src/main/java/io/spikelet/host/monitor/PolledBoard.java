package io.spikelet.host.monitor;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.SmpRefusedException;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.StatField;
import java.io.IOException;
import java.util.Map;

/** Asks a board for its statistics, over any link that SMP goes over. */
public final class PolledBoard implements MonitorSource {
    private static final String NO_VALUE = "no value now";

    private final BoardClient client;

    /** @param client closed with this */
    public PolledBoard(BoardClient client) {
        this.client = client;
    }

    @Override
    public void await(BoardView view, int millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000L;
        try {
            ask(view);
            view.heard(System.currentTimeMillis());
        } catch (IOException e) {
            view.become(BoardView.State.OFFLINE, e.getMessage());
        }
        long left = (end - System.nanoTime()) / 1_000_000L;
        if (left > 0) {
            Thread.sleep(left);
        }
    }

    private void ask(BoardView view) throws IOException {
        BoardStatus status = client.status();
        view.become(BoardView.State.ONLINE, status.serving() ? "serves " + status.model() : "has no model; flash one");
        view.put(BoardMetric.MODEL_NAME.wireName(), status.serving() ? status.model() : null, "no model is active");
        view.put("Inference/Count", status.inferences(), "");
        Map<String, Long> fields;
        try {
            fields = client.statistics(StatField.GROUP);
        } catch (SmpRefusedException olderRuntime) {
            fields = Map.of("learned", status.learned());
        }
        for (StatField field : StatField.values()) {
            Long value = fields.get(field.key());
            view.put(field.metric().wireName(), value == null ? null : field.decode(value), NO_VALUE);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
