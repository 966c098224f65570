package io.spikelet.device;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.smp.SmpTopics;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** SMP and telemetry over one connection to a broker, whose last will is the node's death. */
final class MqttService extends LinkService {

    /** What happens to the connection, told on the duty cycle's thread. */
    interface Telemetry {
        /** The will of the next connection. */
        Will will() throws IOException;

        String commandTopic();

        void online(MessageLink link) throws IOException;

        void command(MessageLink link, MessageLink.Message message) throws IOException;

        /** The connection is about to be closed in order. */
        void goodbye(MessageLink link) throws IOException;

        /** The connection is lost. */
        void offline();
    }

    private final Agent.BrokerConnector connector;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;
    private final Telemetry telemetry;
    private final String device;

    MqttService(
            String name,
            Agent.BrokerConnector connector,
            DutyCycle duty,
            UnaryOperator<byte[]> smp,
            Telemetry telemetry,
            String device) {
        super(name);
        this.connector = connector;
        this.duty = duty;
        this.smp = smp;
        this.telemetry = telemetry;
        this.device = device;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        Will will = duty.ask(telemetry::will);
        try (MessageLink link = connector.connect(will)) {
            link.subscribe(telemetry.commandTopic(), 1);
            link.subscribe(SmpTopics.request(device), 1);
            duty.submit(() -> telemetry.online(link));
            opened();
            while (!isStopped()) {
                MessageLink.Message message = link.poll(POLL_MILLIS);
                if (message != null) {
                    duty.submit(() -> take(link, message));
                }
            }
            duty.ask(() -> {
                telemetry.goodbye(link);
                return true;
            });
        } finally {
            duty.submit(telemetry::offline);
        }
    }

    private void take(MessageLink link, MessageLink.Message message) throws IOException {
        if (!message.topic().equals(SmpTopics.request(device))) {
            telemetry.command(link, message);
            return;
        }
        byte[] answer = smp.apply(message.payload());
        if (answer.length > 0) {
            link.publish(SmpTopics.response(device), answer, 1, false);
        }
    }
}
