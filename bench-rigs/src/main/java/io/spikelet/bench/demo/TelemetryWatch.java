package io.spikelet.bench.demo;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.model.MalformedDataException;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Listens to the boards' Sparkplug messages and keeps the last value of every metric. */
final class TelemetryWatch implements Closeable {
    private static final int POLL_MILLIS = 100;

    private final MqttLink link;
    private final Thread listener;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private int births;
    private int data;
    private volatile boolean closing;
    private IOException failure;

    private TelemetryWatch(MqttLink link) {
        this.link = link;
        listener = Thread.ofPlatform().name("telemetry-watch").daemon().start(this::listen);
    }

    static TelemetryWatch open(MqttOptions options) throws IOException {
        MqttLink link = MqttLink.connect(options);
        link.subscribe("spBv1.0/#", 0);
        return new TelemetryWatch(link);
    }

    private void listen() {
        try {
            while (!closing) {
                MessageLink.Message message = link.poll(POLL_MILLIS);
                if (message != null) {
                    take(message);
                }
            }
        } catch (IOException | MalformedDataException e) {
            synchronized (this) {
                failure = closing ? null : new IOException("telemetry could not be followed: " + e.getMessage(), e);
            }
        }
    }

    private synchronized void take(MessageLink.Message message) throws MalformedDataException {
        boolean birth = message.topic().contains("/NBIRTH/");
        if (!birth && !message.topic().contains("/NDATA/")) {
            return;
        }
        births += birth ? 1 : 0;
        data += birth ? 0 : 1;
        for (TelemetryMessage.Entry entry :
                TelemetryMessage.decode(message.payload()).entries()) {
            if (!entry.name().isEmpty()) {
                names.put(entry.alias(), entry.name());
            }
            String name = entry.name().isEmpty() ? names.get(entry.alias()) : entry.name();
            if (name != null) {
                values.put(name, entry.text());
            }
        }
    }

    synchronized Map<String, String> values() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return new LinkedHashMap<>(values);
    }

    synchronized int births() {
        return births;
    }

    synchronized int data() {
        return data;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            listener.join(10L * POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
    }
}
