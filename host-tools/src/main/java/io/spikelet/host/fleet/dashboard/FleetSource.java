package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.collect.CollectorCounts;
import io.spikelet.host.fleet.store.FleetStore;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a dashboard shows.
 *
 * @param store the past; empty when the fleet is only watched
 * @param collector its counts, when it runs in this process
 * @param keeping what becomes of readings, when they are written by this process
 * @param trouble what is wrong just now, in a sentence; empty when nothing is
 */
public record FleetSource(
        Fleet fleet,
        Optional<FleetStore> store,
        Optional<Supplier<CollectorCounts>> collector,
        Optional<Supplier<Keeping>> keeping,
        Supplier<String> trouble) {

    /**
     * @param stored readings written
     * @param dropped readings and events that found no room
     * @param waiting messages that wait to be written
     */
    public record Keeping(long stored, long dropped, int waiting) {}
}
