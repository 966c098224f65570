package io.spikelet.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.collect.Collector;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.collect.Keeper;
import java.net.URI;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class BrokerAwayTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "it did not come to be");
            Thread.sleep(10);
        }
    }

    @Test
    void shouldConnectAnewAfterTheBrokerWentAndHoldNoBoardForOnlineMeanwhile() throws Exception {
        assumeTrue(UnboundedMosquitto.installed().isPresent(), "mosquitto is not installed");
        UnboundedMosquitto first = UnboundedMosquitto.start();
        int port = first.address().getPort();
        MqttOptions here = MqttOptions.of(URI.create("mqtt://127.0.0.1:" + port), "collector");
        BoardTelemetry telemetry = new BoardTelemetry("g", "n", 1);
        Fleet fleet = new Fleet();
        try (Collector collector = new Collector(CollectorOptions.of(here, "host"), fleet, Keeper.NONE)) {
            await(() -> collector.counts().connected());
            try (MqttLink node = MqttLink.connect(MqttOptions.of(here.broker(), "node"))) {
                node.publish(telemetry.topic("NBIRTH"), telemetry.birth(1000), 0, false);
                await(() -> collector.counts().births() == 1);
            }
            first.close();
            await(() -> fleet.find(new BoardId("g", "n")).orElseThrow().state() == BoardState.STALE);
            assertFalse(collector.trouble().isEmpty());
            try (UnboundedMosquitto _ = UnboundedMosquitto.start(port);
                    MqttLink node = MqttLink.connect(MqttOptions.of(here.broker(), "node"))) {
                await(() -> collector.counts().connections() == 2);
                assertEquals("", collector.trouble());
                node.subscribe(telemetry.topic("NCMD"), 1);
                node.publish(telemetry.topic("NDATA"), telemetry.data(2000), 0, false);
                assertEquals(telemetry.topic("NCMD"), node.poll(20_000).topic());
                node.publish(telemetry.topic("NBIRTH"), telemetry.birth(3000), 0, false);
                await(() -> fleet.find(new BoardId("g", "n")).orElseThrow().state() == BoardState.ONLINE);
            }
        }
    }
}
