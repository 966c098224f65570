package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.NodeCommand.Refusal;
import io.spikelet.telemetry.NodeCommand.Refused;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeCommandTest {
    private static NodeCommand one(Metric.Builder metric) {
        List<NodeCommand> commands = NodeCommand.parse(
                Payload.newBuilder().addMetrics(metric).build().toByteArray());
        assertEquals(1, commands.size());
        return commands.getFirst();
    }

    private static void assertRefused(Refusal kind, NodeCommand command) {
        assertEquals(kind, assertInstanceOf(Refused.class, command).kind());
    }

    @Test
    void shouldKnowARebirthByNameAndByAlias() {
        Metric.Builder on = Metric.newBuilder().setDatatype(11).setBooleanValue(true);
        assertEquals(new NodeCommand.Rebirth(), one(on.clone().setName("Node Control/Rebirth")));
        assertEquals(new NodeCommand.Rebirth(), one(on.clone().setAlias(NodeMetric.REBIRTH.alias())));
    }

    @Test
    void shouldReadItsOwnCommands() {
        assertEquals(List.of(new NodeCommand.Rebirth()), NodeCommand.parse(HostCommands.rebirth(1)));
        assertEquals(List.of(new NodeCommand.Received(77)), NodeCommand.parse(HostCommands.received(77, 1)));
        DeadBands bands = DeadBands.parse("Inference/Accuracy=0.01");
        assertEquals(List.of(new NodeCommand.SetDeadBands(bands)), NodeCommand.parse(HostCommands.deadBands(bands, 1)));
    }

    @Test
    void shouldRefuseEachForItsReason() {
        Metric.Builder metric = Metric.newBuilder();
        assertRefused(
                Refusal.UNKNOWN_METRIC,
                one(metric.clone().setName("Node Control/Reboot").setBooleanValue(true)));
        assertRefused(Refusal.UNKNOWN_METRIC, one(metric.clone().setAlias(9999).setBooleanValue(true)));
        assertRefused(Refusal.UNKNOWN_METRIC, one(metric.clone().setBooleanValue(true)));
        assertRefused(
                Refusal.NOT_WRITABLE, one(metric.clone().setName("Model/Name").setStringValue("x")));
        assertRefused(Refusal.NOT_WRITABLE, one(metric.clone().setAlias(1).setStringValue("x")));
        assertRefused(
                Refusal.NOT_WRITABLE,
                one(metric.clone().setName("Telemetry/Dropped").setLongValue(0)));
        assertRefused(
                Refusal.WRONG_TYPE,
                one(metric.clone().setName("Node Control/Rebirth").setStringValue("true")));
        assertRefused(
                Refusal.OUT_OF_RANGE,
                one(metric.clone().setName("Node Control/Rebirth").setBooleanValue(false)));
        assertRefused(
                Refusal.WRONG_TYPE,
                one(metric.clone().setName("Node Control/Dead Bands").setLongValue(1)));
        assertRefused(
                Refusal.OUT_OF_RANGE,
                one(metric.clone().setName("Node Control/Dead Bands").setStringValue("a=b")));
        assertRefused(
                Refusal.OUT_OF_RANGE,
                one(metric.clone().setName("Telemetry/Received").setLongValue(-1)));
        assertRefused(Refusal.TOO_LONG, NodeCommand.parse(new byte[5000]).getFirst());
        assertRefused(Refusal.MALFORMED, NodeCommand.parse(new byte[0]).getFirst());
    }

    @Test
    void shouldRepeatNothingOfAHostThatATerminalCouldObey() {
        Refused refused = (Refused) one(Metric.newBuilder().setName("a\u001b[2J\n" + "b".repeat(500)));
        assertTrue(refused.text().length() < 250, refused.text());
        assertTrue(refused.text().chars().noneMatch(Character::isISOControl));
    }

    @Test
    void shouldTakeOrRefuseAnyBytes() {
        Random random = new Random(20_260_301);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertTrue(!NodeCommand.parse(noise).isEmpty());
        }
    }
}
