package io.spikelet.hal.mqtt;

import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.LinkUnavailableException;
import io.spikelet.hal.MessageLink;
import java.io.IOException;

/**
 * A connection to an MQTT 3.1.1 broker with a clean session. It does not reconnect by itself: after an
 * {@link IOException} close it, pause and connect anew, subscriptions included. May be used by several threads.
 */
public final class MqttLink implements MessageLink {
    private final PahoSession session;

    private MqttLink(PahoSession session) {
        this.session = session;
    }

    /**
     * Connects and returns after the broker said yes.
     *
     * @throws LinkUnavailableException when no broker answers or the MQTT library is missing
     * @throws BrokerRefusedException when the broker says no, as it does to a wrong password
     * @throws IOException when TLS cannot be agreed on or a PEM file cannot be used
     */
    public static MqttLink connect(MqttOptions options) throws IOException {
        return connect(options, PahoSession.USUAL_WAITING_MESSAGES, PahoSession.USUAL_WAITING_BYTES);
    }

    /**
     * The same for one who receives much, and may be kept from reading for a while.
     *
     * @param waitingMessages received messages that wait for {@link #poll} at most; what comes beyond them is dropped
     * @param waitingBytes of payloads and topics together, likewise
     */
    public static MqttLink connect(MqttOptions options, int waitingMessages, long waitingBytes) throws IOException {
        try {
            return new MqttLink(PahoSession.connect(options, waitingMessages, waitingBytes));
        } catch (NoClassDefFoundError missing) {
            throw new LinkUnavailableException(
                    "cannot connect to the broker at " + options.host() + ":" + options.port()
                            + ": org.eclipse.paho.client.mqttv3-1.2.5.jar is not on the module path or class path;"
                            + " add it",
                    missing);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits for the broker's acknowledgement as long as {@link MqttOptions#connectTimeout}. When it does not come,
     * nobody knows whether the message arrived; sending it again may deliver it twice.
     */
    @Override
    public void publish(String topic, byte[] payload, int qos, boolean retained) throws IOException {
        session.publish(topic, payload, qos, retained);
    }

    /** {@inheritDoc} */
    @Override
    public void subscribe(String filter, int qos) throws IOException {
        session.subscribe(filter, qos);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What was received before the connection was lost can still be had.
     */
    @Override
    public Message poll(int timeoutMillis) throws IOException {
        return session.poll(timeoutMillis);
    }

    /** {@inheritDoc} */
    @Override
    public void flush() throws IOException {
        session.flush();
    }

    /** How many received messages found no room because nobody polled. */
    public long dropped() {
        return session.dropped();
    }

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    /** Says goodbye, so that the will is not published, and lets go. */
    @Override
    public void close() throws IOException {
        session.close();
    }

    /** Drops the connection without a goodbye, as a power cut would, so that the broker publishes the will. */
    public void abort() {
        session.abort();
    }
}
