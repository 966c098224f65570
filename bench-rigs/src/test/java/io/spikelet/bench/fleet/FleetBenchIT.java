package io.spikelet.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetBenchIT {
    private static final int BOARDS = 50;
    private static final int SECONDS = 5;

    @TempDir
    private Path folder;

    private static void requireWhole(FleetBenchResult result) {
        assertEquals(new Delivery(BOARDS * SECONDS, BOARDS * SECONDS, 0, 0), result.delivery());
        assertEquals(0, result.counts().missing() + result.dropped() + result.rebirths());
        assertEquals(
                BOARDS * (SECONDS + 1L),
                result.counts().messages() - result.counts().deaths());
        assertTrue(!result.ages().isEmpty(), "the browser saw nothing");
    }

    @Test
    void shouldLoseNothingOfFiftyBoardsThroughMosquitto() throws Exception {
        assumeTrue(UnboundedMosquitto.installed().isPresent(), "mosquitto is not installed");
        requireWhole(new FleetBench(BOARDS, SECONDS, "mosquitto", Optional.empty(), 20).run(line -> {}));
    }

    @Test
    void shouldLoseNothingOfFiftyBoardsThroughTheBrokerThatComesAlong() throws Exception {
        String store = folder.resolve("kept.db").toString();
        requireWhole(new FleetBench(BOARDS, SECONDS, "embedded", Optional.of(store), 20).run(line -> {}));
    }

    @Test
    void shouldReadPacketsHoweverTheyAreCut() {
        ByteBuffer whole = MqttPackets.publish("topic", new byte[300]);
        ByteBuffer received = ByteBuffer.allocate(1000);
        int packets = 0;
        while (whole.hasRemaining()) {
            received.put(whole.get());
            received.flip();
            MqttPackets.Packet packet = MqttPackets.next(received);
            if (packet != null) {
                packets++;
                assertEquals(MqttPackets.PUBLISH, packet.type());
                assertEquals(307, packet.body().remaining());
            }
            received.compact();
        }
        assertEquals(1, packets);
    }
}
