package io.spikelet.bench.outage;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.model.MalformedDataException;
import io.spikelet.telemetry.HostCommands;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A Sparkplug host application for one board: says in STATE that it is there, listens, and connects anew when it must. */
public final class ListeningHost implements Closeable {
    private static final int POLL_MILLIS = 50;
    private static final int RETRY_MILLIS = 200;
    private static final int JOIN_MILLIS = 10_000;

    /** Reads a payload. */
    public interface Decoder {
        TelemetryMessage decode(byte[] payload) throws MalformedDataException;
    }

    private final String id;
    private final String node;
    private final MqttOptions broker;
    private final RecordLedger ledger;
    private final Decoder decoder;
    private final boolean tells;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean rebirthWanted;
    private volatile Exception failure;

    private ListeningHost(
            String id, String node, MqttOptions broker, RecordLedger ledger, Decoder decoder, boolean tells) {
        this.id = id;
        this.node = node;
        this.broker = broker;
        this.ledger = ledger;
        this.decoder = decoder;
        this.tells = tells;
        thread = Thread.ofPlatform().name("host").daemon().start(this::run);
    }

    /**
     * Starts it.
     *
     * @param id of the host application
     * @param node the board's name
     * @param tells whether it answers a birth with the last record that it has
     */
    public static ListeningHost start(
            String id, String node, MqttOptions broker, RecordLedger ledger, Decoder decoder, boolean tells) {
        return new ListeningHost(id, node, broker, ledger, decoder, tells);
    }

    private void run() {
        while (!closing) {
            try {
                listen();
            } catch (IOException brokerGone) {
                ledger.lost();
                pause();
            } catch (MalformedDataException | RuntimeException e) {
                failure = e;
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void listen() throws IOException, MalformedDataException {
        long now = System.currentTimeMillis();
        String state = "spBv1.0/STATE/" + id;
        try (MqttLink link = MqttLink.connect(broker.withWill(new Will(state, state(false, now), 1, true)))) {
            link.subscribe(topic("+"), 1);
            link.publish(state, state(true, now), 1, true);
            while (!closing) {
                MessageLink.Message message = link.poll(POLL_MILLIS);
                if (message != null) {
                    take(link, message);
                }
                if (rebirthWanted) {
                    rebirthWanted = false;
                    link.publish(topic("NCMD"), HostCommands.rebirth(System.currentTimeMillis()), 0, false);
                }
            }
            link.publish(state, state(false, System.currentTimeMillis()), 1, true);
        }
    }

    private void take(MessageLink link, MessageLink.Message message) throws IOException, MalformedDataException {
        if (message.topic().equals(topic("NBIRTH"))) {
            ledger.birth(decoder.decode(message.payload()));
            if (tells) {
                byte[] received = HostCommands.received(ledger.last(), System.currentTimeMillis());
                link.publish(topic("NCMD"), received, 0, false);
            }
        } else if (message.topic().equals(topic("NDATA"))) {
            ledger.data(decoder.decode(message.payload()));
        }
    }

    private static byte[] state(boolean online, long timestamp) {
        return ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}").getBytes(StandardCharsets.UTF_8);
    }

    private String topic(String type) {
        return "spBv1.0/" + LoadedBoard.GROUP + "/" + type + "/" + node;
    }

    /** Asks the board for a birth. */
    void askForBirth() {
        rebirthWanted = true;
    }

    void requireAlive() throws IOException {
        if (failure != null) {
            throw new IOException("the host ended: " + failure, failure);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireAlive();
    }
}
