package io.spikelet.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.bench.outage.RecordLedger.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A board under load at a broker that others made, read by a decoder that others made. */
class BrokerKillIT {
    private static final int KILLS = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldDeliverEachRecordOnceAlthoughTheBrokerIsKilled() throws Exception {
        Optional<Path> program = Mosquitto.program("mosquitto");
        Assumptions.assumeTrue(program.isPresent(), "skipped: needs mosquitto, which the package mosquitto installs");
        Tally tally = BrokerKill.run(
                program.get(),
                folder,
                new BrokerKill.Plan(KILLS, 20_260_301, 20, true, false, new TahuDecoder()),
                _ -> {});
        assertEquals(0, tally.duplicates(), tally.toString());
        assertEquals(0, tally.missing(), tally.toString());
        assertEquals(0, tally.outOfOrder(), tally.toString());
        assertEquals(List.of(), tally.violations());
        assertTrue(tally.births() > KILLS && tally.historical() > 0 && tally.heard() == tally.made(), tally.toString());
    }
}
