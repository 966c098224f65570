package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.Fleet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks at the fleet a few times a second, once for all browsers, and remembers its figures for a while. */
final class FleetPulse implements AutoCloseable {
    /** So that what a board said shows within half a second, a busy machine allowed for. */
    static final long BEAT_MILLIS = 250;

    private static final int BEATS_A_POINT = 8;
    private static final int MOST_POINTS = 300; // of 2 s: the last ten minutes

    /**
     * One look.
     *
     * @param number of this look, growing
     * @param messagesASecond of all boards, over the last few looks
     */
    record Beat(long number, List<BoardRow> rows, FleetFigures figures, double messagesASecond) {}

    private final Fleet fleet;
    private final Deque<FleetFigures> past = new ArrayDeque<>();
    private final Deque<FleetFigures> recent = new ArrayDeque<>();
    private final Thread thread;
    private Beat beat;
    private boolean closing;

    FleetPulse(Fleet fleet) {
        this.fleet = fleet;
        look(0);
        thread = Thread.ofPlatform().name("fleet-pulse").daemon().start(this::run);
    }

    private void run() {
        try {
            for (long number = 1; !closed(); number++) {
                Thread.sleep(BEAT_MILLIS);
                look(number);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long number) {
        List<BoardRow> rows = new ArrayList<>(fleet.boards().size());
        for (Board board : fleet.boards()) {
            rows.add(board.row());
        }
        FleetFigures figures = FleetFigures.of(rows, System.currentTimeMillis());
        synchronized (this) {
            recent.addLast(figures);
            if (recent.size() > 2 * BEATS_A_POINT) {
                recent.removeFirst();
            }
            if (number % BEATS_A_POINT == 0) {
                past.addLast(figures);
                if (past.size() > MOST_POINTS) {
                    past.removeFirst();
                }
            }
            beat = new Beat(number, List.copyOf(rows), figures, rate());
            notifyAll();
        }
    }

    private double rate() {
        long millis = recent.getLast().time() - recent.getFirst().time();
        long messages = recent.getLast().messages() - recent.getFirst().messages();
        return millis <= 0 ? 0 : Math.max(0, 1000.0 * messages / millis);
    }

    synchronized Beat latest() {
        return beat;
    }

    /** Waits for a look after the one of a number; null when this is closed. */
    synchronized Beat after(long number) throws InterruptedException {
        while (beat.number() <= number && !closing) {
            wait();
        }
        return closing ? null : beat;
    }

    /** The last ten minutes, a point each two seconds. */
    synchronized List<FleetFigures> past() {
        return List.copyOf(past);
    }

    private synchronized boolean closed() {
        return closing;
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
