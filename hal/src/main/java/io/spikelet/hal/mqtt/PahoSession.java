package io.spikelet.hal.mqtt;

import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.MessageLink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** The one class that makes Paho clients, so that {@link MqttLink} can be loaded without Paho. */
final class PahoSession implements MessageLink {
    static final int USUAL_WAITING_MESSAGES = 8192;
    static final long USUAL_WAITING_BYTES = 16L << 20;
    /** Each publishing thread has one on its way; Paho refuses what goes beyond this. */
    private static final int MAX_IN_FLIGHT = 1024;

    private static final int SUBSCRIPTION_REFUSED = 0x80;
    private static final int MAX_QOS = 2;
    private static final long LOOK_MILLIS = 100;
    private static final String NEVER_SUBSCRIBED = "spikelet/flush";

    private final MqttAsyncClient client;
    private final String address;
    private final long timeoutMillis;
    private final Inbox inbox;
    private volatile boolean closed;

    private PahoSession(MqttAsyncClient client, String address, long timeoutMillis, Inbox inbox) {
        this.inbox = inbox;
        this.client = client;
        this.address = address;
        this.timeoutMillis = timeoutMillis;
    }

    static PahoSession connect(MqttOptions options, int waitingMessages, long waitingBytes) throws IOException {
        String address = options.host() + ":" + options.port();
        MqttConnectOptions settings = settings(options);
        PahoSession link;
        try {
            MqttAsyncClient client = new MqttAsyncClient(
                    (options.tls() ? "ssl://" : "tcp://") + address, options.clientId(), new MemoryPersistence());
            link = new PahoSession(
                    client, address, options.connectTimeout().toMillis(), new Inbox(waitingMessages, waitingBytes));
        } catch (MqttException unusable) {
            throw new IOException("cannot set up a connection to the broker at " + address, unusable);
        }
        boolean connected = false;
        try {
            link.client.setCallback(link.new Receiver());
            link.client.connect(settings).waitForCompletion(link.timeoutMillis);
            connected = true;
            return link;
        } catch (MqttException failed) {
            throw Refusals.connecting(failed, address, options);
        } finally {
            if (!connected) {
                link.release();
            }
        }
    }

    private static MqttConnectOptions settings(MqttOptions options) throws IOException {
        MqttConnectOptions settings = new MqttConnectOptions();
        // Left to choose, Paho would try a refused connection again with MQTT 3.1.
        settings.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        settings.setCleanSession(true);
        settings.setAutomaticReconnect(false);
        settings.setMaxInflight(MAX_IN_FLIGHT);
        settings.setConnectionTimeout(
                (int) Math.ceilDiv(options.connectTimeout().toMillis(), 1000L));
        settings.setKeepAliveInterval((int) options.keepAlive().toSeconds());
        options.user().ifPresent(settings::setUserName);
        options.password().ifPresent(settings::setPassword);
        options.will().ifPresent(will -> settings.setWill(will.topic(), will.payload(), will.qos(), will.retained()));
        if (options.tls()) {
            settings.setSocketFactory(PromptSockets.of(TlsContext.of(options).getSocketFactory()));
            settings.setHttpsHostnameVerificationEnabled(true);
        } else {
            settings.setSocketFactory(PromptSockets.plain());
        }
        return settings;
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, boolean retained) throws IOException {
        Objects.requireNonNull(payload, "payload");
        requireQos(qos);
        requireOpen();
        try {
            await(client.publish(topic, payload.clone(), qos, retained));
        } catch (MqttException failed) {
            throw Refusals.using(failed, address, "publishing on " + topic);
        }
    }

    @Override
    public void subscribe(String filter, int qos) throws IOException {
        requireQos(qos);
        requireOpen();
        try {
            IMqttToken answer = client.subscribe(filter, qos);
            await(answer);
            int[] granted = answer.getGrantedQos();
            if (granted.length != 1 || granted[0] == SUBSCRIPTION_REFUSED) {
                throw new BrokerRefusedException("the broker at " + address + " refused the subscription to " + filter
                        + "; ask for the right to read it");
            }
        } catch (MqttException failed) {
            throw Refusals.using(failed, address, "subscribing to " + filter);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A broker handles what a client sends in order, and answers an UNSUBSCRIBE also of what was never subscribed to
     * (MQTT 3.1.1, 3.10.4), which needs no right and changes nothing.
     */
    @Override
    public void flush() throws IOException {
        requireOpen();
        try {
            await(client.unsubscribe(NEVER_SUBSCRIBED));
        } catch (MqttException failed) {
            throw Refusals.using(failed, address, "waiting until it had taken what was sent");
        }
    }

    @Override
    public Message poll(int timeoutMillis) throws IOException {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis must not be negative: " + timeoutMillis);
        }
        try {
            Message next = inbox.poll(timeoutMillis);
            if (next == null && inbox.isSpent()) {
                requireOpen();
                throw Refusals.lost(address);
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted while it waited for a message");
        }
    }

    /** How many received messages found no room because nobody polled. */
    long dropped() {
        return inbox.dropped();
    }

    @Override
    public boolean isConnected() {
        return client.isConnected();
    }

    /** Says goodbye, so that the will is not published, and lets go. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (client.isConnected()) {
                await(client.disconnect(0));
            }
        } catch (MqttException failed) {
            if (!Refusals.isAlreadyGone(failed)) {
                throw Refusals.using(failed, address, "saying goodbye");
            }
        } finally {
            release();
        }
    }

    /** Drops the connection without a goodbye, as a power cut would, so that the broker publishes the will. */
    void abort() {
        closed = true;
        release();
    }

    private void release() {
        inbox.end();
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException gone) {
            // It was not connected: there is nothing to drop.
        }
        try {
            client.close(true);
        } catch (MqttException closing) {
            // Only a client that is closed or closing already says so.
        }
    }

    /** Looks now and then, since Paho leaves some tokens of a connection that is lost waiting. */
    private void await(IMqttToken token) throws MqttException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            try {
                token.waitForCompletion(Math.clamp(left, 1, LOOK_MILLIS));
                return;
            } catch (MqttException failed) {
                boolean timeout = failed.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT;
                if (timeout && !token.isComplete() && !client.isConnected()) {
                    throw new MqttException(MqttException.REASON_CODE_CONNECTION_LOST);
                }
                if (!timeout || left <= LOOK_MILLIS) {
                    throw failed;
                }
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the connection to the broker at " + address + " is closed; connect anew");
        }
    }

    private static void requireQos(int qos) {
        if (qos < 0 || qos > MAX_QOS) {
            throw new IllegalArgumentException("qos must be 0, 1 or 2: " + qos);
        }
    }

    /** Runs on Paho's thread and only enqueues: an exception or a call to the client from here ends the connection. */
    private final class Receiver implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            inbox.end();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            inbox.add(new Message(topic, message.getPayload()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
