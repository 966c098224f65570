package io.spikelet.host.broker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT broker (3.1.1 and 5) within this process: ActiveMQ Artemis with nothing but MQTT, topics made as they are
 * used, and memory bounded.
 */
public final class EmbeddedBroker implements Closeable {
    private static final String ACCEPTOR = "mqtt";
    private static final int MEGABYTE = 1 << 20;

    /** What all waiting messages together may take in memory; beyond it publishers are refused, not starved. */
    private static final long MESSAGE_MEMORY_BYTES = 256L * MEGABYTE;

    /** How long {@link #close} waits for clients that are just taking their leave. */
    private static final long LEAVING_NANOS = 500_000_000;

    private final EmbeddedActiveMQ server;
    private final URI uri;

    private EmbeddedBroker(EmbeddedActiveMQ server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /**
     * Starts a broker; when this returns, clients can connect.
     *
     * @throws IOException when the address cannot be listened on or the data folder cannot be used
     */
    public static EmbeddedBroker start(BrokerOptions options) throws IOException {
        refuseTakenAddress(options);
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            server.setConfiguration(configure(options));
            server.setSecurityManager(new KnownUsers(options.passwords(), options.anonymous()));
            server.start();
        } catch (Exception failure) {
            stop(server);
            throw new IOException("the broker could not start: " + failure.getMessage(), failure);
        }
        int port = listeningPort(server);
        if (port <= 0) {
            stop(server);
            throw cannotListen(options, "nothing listens there after the start");
        }
        return new EmbeddedBroker(server, URI.create("tcp://%s:%d".formatted(hostInUri(options.host()), port)));
    }

    /** Where clients connect, {@code tcp://HOST:PORT}, with the port really taken. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() throws IOException {
        letClientsLeave();
        stop(server);
    }

    /** Asked beforehand, since the broker itself would log a stack trace and go on without listening. */
    private static void refuseTakenAddress(BrokerOptions options) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(options.host(), options.port()));
        } catch (IOException taken) {
            throw cannotListen(options, taken.getMessage());
        }
    }

    private static IOException cannotListen(BrokerOptions options, String reason) {
        return new IOException("the broker cannot listen on %s:%d (%s): choose another address or port"
                .formatted(options.host(), options.port(), reason));
    }

    private static Configuration configure(BrokerOptions options) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("spikelet")
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setSuppressSessionNotifications(true)
                .setCriticalAnalyzer(false)
                .setWildCardConfiguration(topicsAsMqttWritesThem())
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), acceptorParameters(options), ACCEPTOR))
                .addAddressSetting("#", addressSettings(options))
                .setGlobalMaxSize(MESSAGE_MEMORY_BYTES)
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .setPersistenceEnabled(options.dataFolder().isPresent())
                .setMaxDiskUsage(options.dataFolder().isPresent() ? 98 : -1);
        if (options.dataFolder().isPresent()) {
            keepIn(options.dataFolder().get(), configuration);
        }
        return configuration;
    }

    /** The broker's own form of an address uses dots, which would mix up with those in {@code spBv1.0/...}. */
    private static WildcardConfiguration topicsAsMqttWritesThem() {
        return new WildcardConfiguration().setDelimiter('/').setSingleWord('+').setAnyWords('#');
    }

    private static Map<String, Object> acceptorParameters(BrokerOptions options) {
        return Map.of(
                "host",
                options.host(),
                "port",
                options.port(),
                "protocols",
                "MQTT",
                "remotingThreads",
                2,
                "useEpoll",
                false,
                "useKQueue",
                false,
                "quietPeriod",
                0,
                "shutdownTimeout",
                1000,
                "maximumPacketSize",
                16 * MEGABYTE);
    }

    private static AddressSettings addressSettings(BrokerOptions options) {
        boolean hasDisk = options.dataFolder().isPresent();
        return new AddressSettings()
                .setAddressFullMessagePolicy(hasDisk ? AddressFullMessagePolicy.PAGE : AddressFullMessagePolicy.FAIL)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true);
    }

    private static void keepIn(Path folder, Configuration configuration) {
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(4 * MEGABYTE)
                .setJournalMinFiles(2)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setNodeManagerLockDirectory(folder.resolve("lock").toString());
    }

    private static int listeningPort(EmbeddedActiveMQ server) {
        var acceptor = server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
        return acceptor != null && acceptor.isStarted() ? acceptor.getActualPort() : -1;
    }

    private static String hostInUri(String host) {
        return switch (host) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
    }

    /**
     * Waits a moment for clients that said goodbye just now: the broker works off their goodbye on other threads, and
     * logs a stack trace when its store is closed meanwhile.
     */
    private void letClientsLeave() {
        ActiveMQServer running = server.getActiveMQServer();
        ThreadPoolExecutor workers = (ThreadPoolExecutor) running.getThreadPool();
        long deadline = System.nanoTime() + LEAVING_NANOS;
        boolean busy = true;
        while (busy && System.nanoTime() < deadline) {
            LockSupport.parkNanos(2_000_000);
            busy = running.getConnectionCount() > 0 || workers.getActiveCount() > 0;
        }
    }

    private static void stop(EmbeddedActiveMQ server) throws IOException {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IOException("the broker did not stop cleanly: " + failure.getMessage(), failure);
        }
    }
}
