package io.spikelet.host.fleet.collect;

import io.spikelet.host.fleet.BoardId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Births to ask for: a board again only after a pause that grows, all boards together at a bounded pace. */
final class BirthRequests {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private record Asked(long at, long pause) {}

    private final long spacingNanos;
    private final Set<BoardId> wanted = new LinkedHashSet<>();
    private final Map<BoardId, Asked> asked = new HashMap<>();
    private long nextAt = Long.MIN_VALUE;

    BirthRequests(int aSecond) {
        spacingNanos = TimeUnit.SECONDS.toNanos(1) / aSecond;
    }

    void want(BoardId board) {
        wanted.add(board);
    }

    /** The board was born: nothing to ask any more. */
    void born(BoardId board) {
        wanted.remove(board);
        asked.remove(board);
    }

    /** The board to ask now; null when there is none or it is too early. */
    BoardId next(long now) {
        if (wanted.isEmpty() || nextAt != Long.MIN_VALUE && now - nextAt < 0) {
            return null;
        }
        Iterator<BoardId> boards = wanted.iterator();
        while (boards.hasNext()) {
            BoardId board = boards.next();
            Asked before = asked.get(board);
            if (before == null || now - before.at() >= before.pause()) {
                boards.remove();
                long pause = before == null ? FIRST_PAUSE_NANOS : Math.min(2 * before.pause(), LONGEST_PAUSE_NANOS);
                asked.put(board, new Asked(now, pause));
                nextAt = now + spacingNanos;
                return board;
            }
        }
        nextAt = now + TimeUnit.MILLISECONDS.toNanos(100); // all were asked of late: do not look through them each time
        return null;
    }
}
