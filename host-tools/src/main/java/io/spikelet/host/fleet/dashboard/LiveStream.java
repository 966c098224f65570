package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events for one page: first {@code past}, the fleet's last minutes; then at each beat {@code fleet}, with the
 * rows that the page shows, and {@code board} when it shows one and that board said something. A slow browser misses beats
 * and nothing waits for it.
 */
final class LiveStream {
    private static final int MOST_PAGES = 64;

    private final FleetPulse pulse;
    private final FleetSource source;
    private final Semaphore pages = new Semaphore(MOST_PAGES);

    LiveStream(FleetPulse pulse, FleetSource source) {
        this.pulse = pulse;
        this.source = source;
    }

    /** Returns when the page is closed or this server is. */
    void serve(Map<String, String> parameters, Answer answer) throws IOException {
        TableQuery query = TableQuery.of(parameters);
        String name = parameters.getOrDefault("board", "");
        Optional<BoardId> board = name.isEmpty() ? Optional.empty() : Optional.of(BoardId.parse(name));
        if (!pages.tryAcquire()) {
            answer.refuse(503, MOST_PAGES + " pages are open already; close one");
            return;
        }
        try (OutputStream out = answer.events()) {
            send(out, "past", past());
            stream(query, board, out);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            pages.release();
        }
    }

    private void stream(TableQuery query, Optional<BoardId> board, OutputStream out)
            throws IOException, InterruptedException {
        long boardVersion = -1;
        FleetPulse.Beat beat = pulse.latest();
        while (beat != null) {
            send(out, "fleet", FleetJson.fleet(beat, query, source));
            Optional<Board> shown = board.flatMap(source.fleet()::find);
            if (shown.isPresent() && shown.get().version() != boardVersion) {
                boardVersion = shown.get().version();
                Board one = shown.get();
                send(out, "board", FleetJson.object(json -> FleetJson.board(json, one.snapshot())));
            }
            beat = pulse.after(beat.number());
        }
    }

    private String past() throws IOException {
        return FleetJson.object(json -> {
            json.writeArrayFieldStart("points");
            for (FleetFigures figures : pulse.past()) {
                FleetJson.point(json, figures);
            }
            json.writeEndArray();
        });
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
