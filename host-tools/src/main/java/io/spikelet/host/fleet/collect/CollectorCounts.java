package io.spikelet.host.fleet.collect;

/**
 * What a collector has seen since its start; every loss has its count.
 *
 * @param connected whether it is connected to the broker now
 * @param connections how often it connected
 * @param messages births, data and deaths of its boards
 * @param births of these
 * @param deaths of these
 * @param historical values that were of the past
 * @param missing messages that boards sent and that never came, by their sequence numbers
 * @param rebirths births asked for
 * @param malformed messages that were no Sparkplug payload
 * @param unknown metrics whose alias no birth explained
 * @param repeated values of a metric and a millisecond that had one already, of which the store keeps the first
 * @param inboxDropped messages that came faster than they could be read
 * @param refused messages of boards beyond the most that are kept
 */
public record CollectorCounts(
        boolean connected,
        long connections,
        long messages,
        long births,
        long deaths,
        long historical,
        long missing,
        long rebirths,
        long malformed,
        long unknown,
        long repeated,
        long inboxDropped,
        long refused) {}
