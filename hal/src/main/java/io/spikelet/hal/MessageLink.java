package io.spikelet.hal;

import java.io.Closeable;
import java.io.IOException;

/** A connection to a publish/subscribe broker. Received messages wait in a bounded queue for {@link #poll}. */
public interface MessageLink extends Closeable {

    /** One received message. */
    record Message(String topic, byte[] payload) {}

    /** Publishes and, for QoS 1, returns after the broker's acknowledgement. */
    void publish(String topic, byte[] payload, int qos, boolean retained) throws IOException;

    /** Subscribes at the given QoS and returns after the broker's acknowledgement. */
    void subscribe(String filter, int qos) throws IOException;

    /**
     * The next received message, waiting at most {@code timeoutMillis}; null when none came.
     *
     * @throws IOException when the connection is lost; close and connect anew
     */
    Message poll(int timeoutMillis) throws IOException;

    /**
     * Returns once the broker has taken everything that was published on this connection before, at whatever QoS. A
     * publication of QoS 0 has no acknowledgement of its own, and its bytes may lie in a buffer of a broker that is gone.
     *
     * @throws IOException when the connection is lost first: then nobody knows
     */
    void flush() throws IOException;

    boolean isConnected();

    @Override
    void close() throws IOException;
}
