package io.spikelet.bench.fleet;

import io.spikelet.host.fleet.collect.CollectorCounts;
import java.util.List;
import java.util.Map;

/**
 * What one run of the fleet's bench found.
 *
 * @param broker which
 * @param store which kind
 * @param boards simulated
 * @param seconds that each told
 * @param delivery from end to end
 * @param counts of the collector
 * @param dropped readings without room on the way to the store
 * @param rebirths births that boards were asked for, as they saw it
 * @param behindMillis how late the simulated boards were at worst: what the machine could not do in time
 * @param ages ms from a board's clock to a browser, sorted; empty without a page
 * @param silenceMillis the longest time between two events of the page
 * @param processorShares processors used on average while boards told, by part
 */
record FleetBenchResult(
        String broker,
        String store,
        int boards,
        int seconds,
        Delivery delivery,
        CollectorCounts counts,
        long dropped,
        long rebirths,
        long behindMillis,
        List<Long> ages,
        long silenceMillis,
        Map<String, Double> processorShares) {

    private static final long LIVE_MILLIS = 1_000;

    /** The age that a share of all values did not exceed; −1 when there are none. */
    long age(double share) {
        return ages.isEmpty() ? -1 : ages.get((int) Math.min(ages.size() - 1L, Math.round(share * (ages.size() - 1))));
    }

    /** Nothing lost, none missing by sequence numbers, no birth asked for in vain, the page live. */
    boolean holds() {
        return delivery.lost() == 0
                && counts.missing() == 0
                && dropped == 0
                && counts.inboxDropped() == 0
                && rebirths == 0
                && age(0.95) < LIVE_MILLIS;
    }
}
