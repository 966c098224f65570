package io.spikelet.device;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.EdgeNode;
import io.spikelet.telemetry.Reading;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a board's metrics while a broker is connected: at once in a birth, then what changed, at an interval. */
final class NodeTelemetry implements MqttService.Telemetry {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTelemetry.class);

    private final EdgeNode node;
    private final Supplier<Map<BoardMetric, Reading>> readings;
    private final DutyCycle.Question<Integer> birthSequence;
    private long intervalNanos;
    private MessageLink link;
    private long published;

    /**
     * @param birthSequence gives the number of the next connection
     * @param intervalNanos the least time between two NDATA
     */
    NodeTelemetry(
            EdgeNode node,
            Supplier<Map<BoardMetric, Reading>> readings,
            DutyCycle.Question<Integer> birthSequence,
            long intervalNanos) {
        this.node = node;
        this.readings = readings;
        this.birthSequence = birthSequence;
        this.intervalNanos = intervalNanos;
    }

    @Override
    public Will will() throws IOException {
        return node.will(birthSequence.answer());
    }

    @Override
    public String commandTopic() {
        return node.commandTopic();
    }

    @Override
    public void online(MessageLink connected) throws IOException {
        link = connected;
        birth();
    }

    @Override
    public void command(MessageLink connected, MessageLink.Message message) throws IOException {
        if (node.isRebirthCommand(message)) {
            birth();
        } else {
            LOG.info("ignored a command on {} that is no rebirth", message.topic());
        }
    }

    @Override
    public void goodbye(MessageLink connected) throws IOException {
        node.death(connected);
    }

    @Override
    public void offline() {
        link = null;
    }

    /** Gives birth anew, as after a start of the board; nothing while no broker is connected. */
    void birth() throws IOException {
        if (link != null) {
            node.birth(link, readings.get());
        }
    }

    /** Takes another least time between two NDATA. */
    void pace(long nanos) {
        intervalNanos = nanos;
    }

    /** Publishes what changed when the interval is over. */
    void publishIfDue(long nowNanos) throws IOException {
        if (link != null && nowNanos - published >= intervalNanos) {
            published = nowNanos;
            node.publishChanges(link, readings.get());
        }
    }
}
