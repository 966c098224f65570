package io.spikelet.bench.fleet;

import io.spikelet.bench.measure.TemporaryFolder;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.dashboard.DashboardServer;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import io.spikelet.host.fleet.verb.FleetProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run: a broker, a collector with its store and page, a browser, and boards that tell.
 *
 * @param boards 1 or more
 * @param seconds that each board tells, one message each
 * @param broker {@code mosquitto}, {@code embedded}, or HOST:PORT
 * @param store a file or address; empty takes a file that is removed afterwards
 * @param pageRows rows that the browser shows; 0 has no page
 */
record FleetBench(int boards, int seconds, String broker, Optional<String> store, int pageRows) {
    private static final int CONNECT_SECONDS = 120;
    private static final int LATE_SECONDS = 120;
    private static final Duration KEEP = Duration.ofDays(1);

    FleetBench {
        if (boards < 1 || seconds < 1 || pageRows < 0) {
            throw new IllegalArgumentException("boards and seconds are 1 or more, rows of the page 0 or more: boards="
                    + boards + " seconds=" + seconds + " rows=" + pageRows);
        }
    }

    /** Where boards and collector meet. */
    private record Meeting(InetSocketAddress address, Closeable process, Optional<UnboundedMosquitto> mosquitto) {}

    FleetBenchResult run(Consumer<String> progress) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("spikelet-fleet")) {
            return run(store.orElse(folder.path().resolve("fleet.db").toString()), progress);
        }
    }

    private FleetBenchResult run(String where, Consumer<String> progress) throws IOException, InterruptedException {
        Meeting meeting = meet();
        try (Closeable _ = meeting.process()) {
            URI address = URI.create("mqtt://" + meeting.address().getHostString() + ":"
                    + meeting.address().getPort());
            CollectorOptions options = CollectorOptions.of(MqttOptions.of(address, "bench-collector"), "bench");
            FleetProcess process = FleetProcess.start(Optional.empty(), options, Optional.of(where), KEEP);
            Running running;
            awaitConnection(process);
            try (SimulatedFleet fleet = new SimulatedFleet(meeting.address(), boards, List.of("sim"), seconds)) {
                fleet.awaitBirths(CONNECT_SECONDS);
                progress.accept(boards + " boards are born");
                running = tell(fleet, process, meeting, progress);
            } finally {
                process.close();
            }
            try (FleetStore kept = JdbcFleetStore.open(where)) {
                return running.result(this, where, Delivery.of(running.fleet().boards(), kept));
            }
        }
    }

    /** A collector that comes later has to ask each board for a birth, which is another measurement. */
    private static void awaitConnection(FleetProcess process) throws IOException, InterruptedException {
        for (int tenth = 0; !process.collector().counts().connected(); tenth++) {
            if (tenth == 10 * CONNECT_SECONDS) {
                process.close();
                throw new IOException(
                        "the collector did not connect: " + process.collector().trouble());
            }
            Thread.sleep(100);
        }
    }

    /** What was seen while boards told. */
    private record Running(
            SimulatedFleet fleet, FleetProcess process, List<Long> ages, long silence, Map<String, Double> shares) {

        FleetBenchResult result(FleetBench bench, String where, Delivery delivery) {
            return new FleetBenchResult(
                    bench.broker(),
                    where.contains("://") ? "PostgreSQL" : "SQLite",
                    bench.boards(),
                    bench.seconds(),
                    delivery,
                    process.collector().counts(),
                    process.keeping().dropped(),
                    fleet.boards().stream().mapToLong(SimulatedBoard::rebirths).sum(),
                    fleet.latestMillis(),
                    ages,
                    silence,
                    shares);
        }
    }

    private Running tell(SimulatedFleet fleet, FleetProcess process, Meeting meeting, Consumer<String> progress)
            throws IOException, InterruptedException {
        if (pageRows == 0) {
            ThreadShares shares = ThreadShares.begin(meeting.mosquitto());
            fleet.tell();
            wait(fleet, process, progress);
            return new Running(fleet, process, List.of(), 0, shares.end());
        }
        InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
        try (DashboardServer page = DashboardServer.start(free, process.source(), Optional.empty());
                PageProbe browser = new PageProbe(page.uri(), pageRows)) {
            ThreadShares shares = ThreadShares.begin(meeting.mosquitto());
            fleet.tell();
            browser.count();
            wait(fleet, process, progress);
            browser.pause();
            if (!browser.failure().isEmpty()) {
                throw new IOException(browser.failure());
            }
            return new Running(fleet, process, browser.ages(), browser.longestSilence(), shares.end());
        }
    }

    private void wait(SimulatedFleet fleet, FleetProcess process, Consumer<String> progress)
            throws IOException, InterruptedException {
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                for (int second = 10; ; second += 10) {
                    Thread.sleep(10_000);
                    progress.accept("%d s: %d messages, missing %d, %d wait for the store"
                            .formatted(
                                    second,
                                    process.collector().counts().messages(),
                                    process.collector().counts().missing(),
                                    process.keeping().waiting()));
                }
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            fleet.awaitTold(seconds + LATE_SECONDS);
        } finally {
            watch.interrupt();
        }
        awaitArrival(fleet, process);
    }

    /** What boards have sent may still be on its way; it is waited for as long as more of it arrives. */
    private void awaitArrival(SimulatedFleet fleet, FleetProcess process) throws InterruptedException {
        long expected = fleet.boards().stream()
                .mapToLong(board -> board.telemetry.sent() + 1)
                .sum();
        long before = -1;
        long messages = process.collector().counts().messages();
        while (messages < expected && messages != before) {
            before = messages;
            Thread.sleep(2_000);
            messages = process.collector().counts().messages();
        }
    }

    private Meeting meet() throws IOException, InterruptedException {
        switch (broker) {
            case "mosquitto" -> {
                UnboundedMosquitto own = UnboundedMosquitto.start();
                return new Meeting(own.address(), own, Optional.of(own));
            }
            case "embedded" -> {
                EmbeddedBroker own = EmbeddedBroker.start(BrokerOptions.open());
                return new Meeting(new InetSocketAddress("127.0.0.1", own.uri().getPort()), own, Optional.empty());
            }
            default -> {
                URI other = URI.create(broker.contains("://") ? broker : "mqtt://" + broker);
                if (other.getHost() == null) {
                    throw new IllegalArgumentException(
                            "\"" + broker + "\" names no broker; write mosquitto, embedded or mqtt://HOST:PORT");
                }
                int port = other.getPort() < 0 ? 1883 : other.getPort();
                return new Meeting(new InetSocketAddress(other.getHost(), port), () -> {}, Optional.empty());
            }
        }
    }
}
