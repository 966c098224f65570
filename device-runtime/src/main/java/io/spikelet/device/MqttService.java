package io.spikelet.device;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.smp.SmpTopics;
import io.spikelet.telemetry.TelemetryFlow.Batch;
import io.spikelet.telemetry.TelemetryFlow.Message;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * SMP and telemetry over one connection to a broker, whose last will is the node's death. The duty cycle decides what is
 * said; this thread says it, so that a broker which stalls holds up nothing else.
 */
final class MqttService extends LinkService {
    /** A record waits for its sending no longer than this. */
    private static final int TELEMETRY_POLL_MILLIS = 50;

    /** What happens to the connection, told on the duty cycle's thread but for {@link #millisUntilDue}. */
    interface Telemetry {
        /** The will of the next connection. */
        Will will() throws IOException;

        List<String> subscriptions();

        /** The connection is made; subscriptions follow. */
        void connecting();

        void take(MessageLink.Message message);

        /** How long {@link #next} has nothing to say, as far as is known now; 0 to {@code atMost}, from any thread. */
        int millisUntilDue(int atMost);

        Batch next() throws IOException;

        /** The broker has taken all of a batch. */
        void delivered(Batch batch) throws IOException;

        /** What to say before the connection is closed in order. */
        Will goodbye();

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
            List<String> topics = duty.ask(() -> {
                telemetry.connecting();
                return telemetry.subscriptions();
            });
            for (String topic : topics) {
                link.subscribe(topic, 1);
            }
            link.subscribe(SmpTopics.request(device), 1);
            opened();
            boolean leave = false;
            while (!isStopped() && !leave) {
                MessageLink.Message message = link.poll(telemetry.millisUntilDue(TELEMETRY_POLL_MILLIS));
                if (message != null) {
                    take(link, message);
                }
                if (telemetry.millisUntilDue(1) == 0) {
                    leave = !publishNext(link);
                }
            }
            Will death = duty.ask(telemetry::goodbye);
            link.publish(death.topic(), death.payload(), death.qos(), death.retained());
        } finally {
            duty.submit(telemetry::offline);
        }
    }

    private void take(MessageLink link, MessageLink.Message message) throws IOException, InterruptedException {
        if (!message.topic().equals(SmpTopics.request(device))) {
            duty.submit(() -> telemetry.take(message));
            return;
        }
        byte[] answer = duty.ask(() -> smp.apply(message.payload()));
        if (answer.length > 0) {
            link.publish(SmpTopics.response(device), answer, 1, false);
        }
    }

    /** @return whether to stay */
    private boolean publishNext(MessageLink link) throws IOException, InterruptedException {
        Batch batch = duty.ask(telemetry::next);
        for (Message message : batch.messages()) {
            link.publish(message.topic(), message.payload(), 0, false);
        }
        if (!batch.messages().isEmpty()) {
            link.flush();
            duty.submit(() -> telemetry.delivered(batch));
        }
        return !batch.leave();
    }
}
