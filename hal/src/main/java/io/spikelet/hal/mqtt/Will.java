package io.spikelet.hal.mqtt;

import java.util.Objects;

/**
 * The message that the broker publishes for a client that went without saying goodbye.
 *
 * @param topic where to, without wildcards
 * @param payload what, copied
 * @param qos 0, 1 or 2
 * @param retained whether the broker keeps it for later subscribers
 */
public record Will(String topic, byte[] payload, int qos, boolean retained) {
    public Will {
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw new IllegalArgumentException("topic must be one topic without wildcards: '" + topic + "'");
        }
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("qos must be 0, 1 or 2: " + qos);
        }
        payload = Objects.requireNonNull(payload, "payload").clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }
}
