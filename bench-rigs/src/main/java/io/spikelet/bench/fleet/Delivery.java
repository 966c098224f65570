package io.spikelet.bench.fleet;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.store.FleetStore;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the boards' messages are in the store, by the count that each carries.
 *
 * @param sent by all boards
 * @param stored of these, each counted once
 * @param lost of these, not in the store
 * @param boardsWithLoss boards that miss any
 */
record Delivery(long sent, long stored, long lost, int boardsWithLoss) {

    static Delivery of(List<SimulatedBoard> boards, FleetStore store) throws IOException {
        Map<String, BitSet> seen = new HashMap<>();
        store.export(null, 0, Long.MAX_VALUE, reading -> {
            if (reading.metric().equals(BoardTelemetry.COUNT) && reading.number() >= 0) {
                seen.computeIfAbsent(reading.board().name(), name -> new BitSet())
                        .set((int) reading.number());
            }
        });
        long sent = 0;
        long stored = 0;
        int withLoss = 0;
        for (SimulatedBoard board : boards) {
            BitSet counts = seen.getOrDefault(BoardId.parse(board.id()).name(), new BitSet());
            long told = board.telemetry.sent();
            sent += told;
            stored += counts.cardinality();
            withLoss += counts.cardinality() < told ? 1 : 0;
        }
        return new Delivery(sent, stored, sent - stored, withLoss);
    }
}
