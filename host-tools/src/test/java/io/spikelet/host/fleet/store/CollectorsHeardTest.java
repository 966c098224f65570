package io.spikelet.host.fleet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.BoardId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectorsHeardTest {
    private static final long EPOCH = 1_800_000_000_000L;
    private static final BoardId NORTH = new BoardId("north", "one");
    private static final BoardId SOUTH = new BoardId("south", "one");

    private final CollectorsHeard collectors = new CollectorsHeard();

    private static CollectorBeat beat(String group, long at) {
        return new CollectorBeat("spikelet", List.of(group), 0, 1, EPOCH + at);
    }

    @Test
    void shouldMissACollectorThatWritesNoMore() {
        collectors.look(List.of(beat("north", 0)), EPOCH, 0);
        assertTrue(collectors.hears(NORTH, CollectorsHeard.SILENT_MILLIS));
        assertFalse(collectors.hears(NORTH, CollectorsHeard.SILENT_MILLIS + 1));
        collectors.look(List.of(beat("north", 20_000)), EPOCH, 20_000);
        assertTrue(collectors.hears(NORTH, 20_000 + CollectorsHeard.SILENT_MILLIS));
        assertEquals(Optional.of("no collector since 2027-01-15 08:00:20 UTC"), collectors.trouble(20_000 + 15_001));
    }

    @Test
    void shouldNotTakeACollectorOfOtherBoardsForTheirs() {
        collectors.look(List.of(beat("north", 0), beat("south", 0)), EPOCH, 0);
        collectors.look(List.of(beat("north", 0), beat("south", 9_000)), EPOCH + 9_000, 9_000);
        assertTrue(collectors.anyAlive(16_000));
        assertFalse(collectors.hears(NORTH, 16_000));
        assertTrue(collectors.hears(SOUTH, 16_000));
    }

    @Test
    void shouldBelieveTheClockOfACollectorOnlyUntilItsBeatChanges() {
        collectors.look(List.of(beat("north", -3_600_000)), EPOCH, 0);
        assertFalse(collectors.hears(NORTH, 0), "an hour behind, or dead for an hour");
        collectors.look(List.of(beat("north", -3_597_000)), EPOCH + 3_000, 3_000);
        assertTrue(collectors.hears(NORTH, 3_000));
    }

    @Test
    void shouldSayWhenNobodyEverWrote() {
        assertEquals(Optional.of("no collector has written this store yet"), collectors.trouble(0));
        collectors.look(List.of(beat("north", 0)), EPOCH, 0);
        assertEquals(Optional.empty(), collectors.trouble(0));
    }
}
