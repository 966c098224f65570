package io.spikelet.host.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.sim.MemoryBroker;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowedBoardTest {
    private static final int PATIENCE_MILLIS = 250;
    private static final String PREFIX = "spBv1.0/spikelet/";

    private final MemoryBroker broker = new MemoryBroker();
    private final MemoryBroker.Connection board = broker.connect();
    private final BoardView view = new BoardView("mqtt:here/pi-1");
    private MemoryBroker.Connection connection;
    private FollowedBoard followed;

    @BeforeEach
    void follow() throws Exception {
        board.subscribe(PREFIX + "NCMD/pi-1", 1);
        followed = new FollowedBoard(
                () -> {
                    connection = broker.connect();
                    return connection;
                },
                "spikelet",
                "pi-1");
    }

    private void say(String type, int sequence, Metric.Builder... metrics) throws IOException {
        Payload.Builder payload = Payload.newBuilder().setSeq(sequence);
        for (Metric.Builder metric : metrics) {
            payload.addMetrics(metric);
        }
        board.publish(PREFIX + type + "/pi-1", payload.build().toByteArray(), 0, false);
    }

    private static Metric.Builder alias(double value) {
        return Metric.newBuilder().setAlias(9).setDoubleValue(value);
    }

    private void birth() throws IOException {
        say("NBIRTH", 0, alias(0.5).setName("Inference/Accuracy").setDatatype(10));
    }

    @Test
    void shouldAskForABirthAndShowWhatFollows() throws Exception {
        MessageLink.Message asked = board.poll(0);
        assertEquals(
                "Node Control/Rebirth",
                Payload.parseFrom(asked.payload()).getMetrics(0).getName());
        birth();
        say("NDATA", 1, alias(0.75));
        followed.await(view, PATIENCE_MILLIS);
        assertEquals(BoardView.State.ONLINE, view.state());
        assertEquals(0.75, view.rows().get("Inference/Accuracy").value());
        assertEquals(
                "▁█", MonitorScreen.curve(view.rows().get("Inference/Accuracy").history()));
        board.publish(PREFIX + "NDEATH/pi-1", new byte[0], 0, false);
        followed.await(view, PATIENCE_MILLIS);
        assertEquals(BoardView.State.OFFLINE, view.state());
    }

    @Test
    void shouldNotShowHistoryForThePresent() throws Exception {
        birth();
        say("NDATA", 1, alias(0.25).setIsHistorical(true));
        followed.await(view, PATIENCE_MILLIS);
        assertEquals(0.5, view.rows().get("Inference/Accuracy").value());
    }

    @Test
    void shouldConnectAnewWhenTheBrokerGoes() throws Exception {
        birth();
        followed.await(view, PATIENCE_MILLIS);
        connection.abort();
        followed.await(view, PATIENCE_MILLIS);
        assertEquals(BoardView.State.UNKNOWN, view.state());
        followed.await(view, PATIENCE_MILLIS);
        birth();
        followed.await(view, PATIENCE_MILLIS);
        assertEquals(BoardView.State.ONLINE, view.state());
    }

    @Test
    void shouldPassNothingOnThatATerminalWouldObey() throws Exception {
        say("NBIRTH", 0, Metric.newBuilder().setName("a\u001b[2J").setStringValue("b\u0007\n"));
        board.publish(PREFIX + "NDATA/pi-1", new byte[] {(byte) 0xff, 1, 2}, 0, false);
        followed.await(view, PATIENCE_MILLIS);
        assertEquals("b??", view.rows().get("a?[2J").value());
        assertTrue(view.note().startsWith("a message of the board is no Sparkplug payload"), view.note());
    }

    @Test
    void shouldPrintALineForEachChangeAndNoneForNone() throws Exception {
        StringWriter text = new StringWriter();
        MonitorScreen screen = new MonitorScreen(new PrintWriter(text));
        birth();
        followed.await(view, PATIENCE_MILLIS);
        screen.print(view);
        assertEquals(2, text.toString().lines().count(), text.toString());
        assertTrue(text.toString().contains("Inference/Accuracy                0.5000"), text.toString());
        followed.await(view, PATIENCE_MILLIS);
        screen.print(view);
        assertEquals(2, text.toString().lines().count());
    }

    @Test
    void shouldDrawATableOverTheOneBefore() throws Exception {
        StringWriter text = new StringWriter();
        birth();
        followed.await(view, PATIENCE_MILLIS);
        new MonitorScreen(new PrintWriter(text)).draw(view);
        assertTrue(text.toString().startsWith("\u001b[H\u001b[J"));
        assertTrue(text.toString().contains("Inference/Accuracy"));
    }
}
