package io.spikelet.bench.outage;

import io.spikelet.device.Agent;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Thermometer;
import io.spikelet.hal.file.FileStore;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** A board's agent in this process, whose temperature rises at each reading, so that each record is news. */
public final class LoadedBoard implements Closeable {
    private static final int STOP_MILLIS = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The Sparkplug group. */
    public static final String GROUP = "spikelet";

    private final Agent agent;
    private final Thread thread;
    private final RisingTemperature thermometer = new RisingTemperature();
    private volatile Exception failure;

    private LoadedBoard(String name, Path data, MqttOptions broker, long telemetryMillis, TelemetrySettings settings) {
        agent = new Agent(new Agent.Parts(
                name,
                GROUP,
                "bench",
                () -> FileStore.open(data),
                new SignedImageVerifier(List.of(), true),
                Clock.system(),
                thermometer,
                EnergyMeter.none("a bench without a meter"),
                telemetryMillis,
                Optional.empty()));
        agent.tell(settings);
        agent.retryWithin(RETRY);
        agent.serveMqtt("mqtt", will -> MqttLink.connect(broker.withWill(will)));
        thread = Thread.ofPlatform().name("board").daemon().start(this::run);
    }

    /**
     * Starts it.
     *
     * @param telemetryMillis the least time between two records
     */
    public static LoadedBoard start(
            String name, Path data, MqttOptions broker, long telemetryMillis, TelemetrySettings settings) {
        return new LoadedBoard(name, data, broker, telemetryMillis, settings);
    }

    /** Options for a broker on this machine, with the patience of a bench. */
    public static MqttOptions broker(int port, String client) {
        return MqttOptions.of(URI.create("mqtt://127.0.0.1:" + port), client)
                .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private void run() {
        try {
            agent.run(sentence -> {});
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    /** The temperature stays as it is: no more records. */
    void rest() {
        thermometer.rests = true;
    }

    /** @throws IOException when the agent has ended by itself */
    void requireAlive() throws IOException {
        if (failure != null) {
            throw new IOException("the board ended: " + failure, failure);
        }
    }

    @Override
    public void close() throws IOException {
        agent.stop();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireAlive();
    }

    /** A tenth of a degree, the step that a board tells, at each reading. */
    private static final class RisingTemperature implements Thermometer {
        private final AtomicLong readings = new AtomicLong();
        private volatile boolean rests;

        @Override
        public OptionalDouble celsius() {
            return OptionalDouble.of((rests ? readings.get() : readings.incrementAndGet()) / 10.0);
        }

        @Override
        public String source() {
            return "a count of readings";
        }
    }
}
