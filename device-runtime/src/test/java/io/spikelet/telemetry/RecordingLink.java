package io.spikelet.telemetry;

import io.spikelet.hal.MessageLink;
import io.spikelet.sparkplug.wire.Payload;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published. */
final class RecordingLink implements MessageLink {

    /** One published message. */
    record Published(String topic, byte[] bytes, int qos, boolean retained) {
        Payload payload() throws Exception {
            return Payload.parseFrom(bytes);
        }
    }

    final List<Published> published = new ArrayList<>();

    @Override
    public void publish(String topic, byte[] payload, int qos, boolean retained) {
        published.add(new Published(topic, payload, qos, retained));
    }

    @Override
    public void subscribe(String filter, int qos) {}

    @Override
    public Message poll(int timeoutMillis) {
        return null;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void close() {}
}
