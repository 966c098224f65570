package io.spikelet.host.fleet.collect;

/** Counts of one collector, written by its thread alone. */
final class Tally {
    long connections;
    long messages;
    long births;
    long deaths;
    long historical;
    long missing;
    long rebirths;
    long malformed;
    long unknown;
    long repeated;
    long inboxDropped;
    long refused;

    CollectorCounts counts(boolean connected) {
        return new CollectorCounts(
                connected,
                connections,
                messages,
                births,
                deaths,
                historical,
                missing,
                rebirths,
                malformed,
                unknown,
                repeated,
                inboxDropped,
                refused);
    }
}
