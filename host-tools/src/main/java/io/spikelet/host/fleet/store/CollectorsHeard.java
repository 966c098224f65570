package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which collectors are alive, by their beats. At the first sight their clock is believed; from then on a beat counts from when
 * it was seen to change, so that clocks that differ between machines matter no more. Thread-safe.
 */
public final class CollectorsHeard {
    /** A collector that wrote nothing for so long is held for dead; ms. */
    public static final long SILENT_MILLIS = 15_000;

    /** Collectors of different groups may go by the same name. */
    private record Who(String host, List<String> groups, int shard, int shards) {
        static Who of(CollectorBeat beat) {
            return new Who(beat.host(), beat.groups(), beat.shard(), beat.shards());
        }
    }

    private record Heard(CollectorBeat beat, long freshAt) {}

    private final Map<Who, Heard> heard = new HashMap<>();

    /** Starts without any. */
    public CollectorsHeard() {}

    /**
     * Takes what a store has.
     *
     * @param epochMillis by this machine's clock
     * @param nowMillis by a clock that is never set
     */
    public synchronized void look(List<CollectorBeat> beats, long epochMillis, long nowMillis) {
        for (CollectorBeat beat : beats) {
            Who who = Who.of(beat);
            Heard known = heard.get(who);
            if (known == null) {
                heard.put(who, new Heard(beat, nowMillis - Math.max(0, epochMillis - beat.at())));
            } else if (known.beat().at() != beat.at()) {
                heard.put(who, new Heard(beat, nowMillis));
            }
        }
    }

    /** Whether any collector is alive. */
    public synchronized boolean anyAlive(long nowMillis) {
        return heard.values().stream().anyMatch(one -> isAlive(one, nowMillis));
    }

    /** Whether one that hears a board is alive. */
    public synchronized boolean hears(BoardId board, long nowMillis) {
        return heard.values().stream().anyMatch(one -> one.beat().takes(board) && isAlive(one, nowMillis));
    }

    private static boolean isAlive(Heard one, long nowMillis) {
        return nowMillis - one.freshAt() <= SILENT_MILLIS;
    }

    /** When the last beat of any was written, ms since 1970 by its collector's clock. */
    public synchronized OptionalLong last() {
        return heard.values().stream().mapToLong(one -> one.beat().at()).max();
    }

    /** That no collector is alive, in words for a person; empty when one is. */
    public Optional<String> trouble(long nowMillis) {
        if (anyAlive(nowMillis)) {
            return Optional.empty();
        }
        OptionalLong last = last();
        return Optional.of(
                last.isEmpty()
                        ? "no collector has written this store yet"
                        : "no collector since "
                                + Instant.ofEpochMilli(last.getAsLong())
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()
                                        .replace('T', ' ')
                                        .replace("Z", " UTC"));
    }
}
