package io.spikelet.host.fleet;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All boards that were heard of. May be used by several threads. */
public final class Fleet {
    /** So many names are kept; a stranger who invents names cannot fill the memory. */
    public static final int MAX_BOARDS = 100_000;

    private final Map<BoardId, Board> boards = new ConcurrentHashMap<>();

    /** Starts empty. */
    public Fleet() {}

    /** The board, made when it is new; empty when there are {@link #MAX_BOARDS} others. */
    public Optional<Board> board(BoardId id, long now) {
        Board known = boards.get(id);
        if (known == null && boards.size() < MAX_BOARDS) {
            known = boards.computeIfAbsent(id, fresh -> new Board(fresh, now));
        }
        return Optional.ofNullable(known);
    }

    /** The board, when it was heard of. */
    public Optional<Board> find(BoardId id) {
        return Optional.ofNullable(boards.get(id));
    }

    /** In no order; a live view. */
    public Collection<Board> boards() {
        return boards.values();
    }
}
