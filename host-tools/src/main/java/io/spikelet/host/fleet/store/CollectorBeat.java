package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import java.util.List;

/**
 * That a collector writes what it hears: written every {@link #EVERY_MILLIS} behind a batch, so that a store that takes
 * nothing, or a collector that no broker talks to, shows as well.
 *
 * @param host the name under which the collector says that it is online
 * @param groups those it hears; none for all
 * @param shard its part of the boards, 0..shards−1
 * @param shards how many collectors share the boards
 * @param at when it was written, ms since 1970 by the collector's clock
 */
public record CollectorBeat(String host, List<String> groups, int shard, int shards, long at) {
    /** How often it is written, as long as all is well; ms. */
    public static final long EVERY_MILLIS = 3_000;

    public CollectorBeat {
        groups = List.copyOf(groups);
    }

    /** Whether a board is this collector's. */
    public boolean takes(BoardId board) {
        return (groups.isEmpty() || groups.contains(board.group())) && board.shard(shards) == shard;
    }
}
