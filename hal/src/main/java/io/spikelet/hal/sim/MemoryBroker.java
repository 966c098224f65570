package io.spikelet.hal.sim;

import io.spikelet.hal.MessageLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An MQTT broker in memory: filters with + and #, retained messages, wills. */
public final class MemoryBroker {
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, byte[]> retained = new LinkedHashMap<>();

    public MemoryBroker() {
        // Begins without clients.
    }

    /** A client without a will. */
    public Connection connect() {
        return connect(Optional.empty());
    }

    /** @param will published for the client when it goes without saying so */
    public synchronized Connection connect(Optional<MessageLink.Message> will) {
        Connection connection = new Connection(will);
        connections.add(connection);
        return connection;
    }

    private synchronized void deliver(String topic, byte[] payload, boolean keep) {
        if (keep) {
            retained.put(topic, payload);
        }
        for (Connection connection : connections) {
            connection.offer(topic, payload);
        }
    }

    private synchronized void forget(Connection connection) {
        connections.remove(connection);
    }

    private synchronized void replayRetained(Connection connection, String filter) {
        retained.forEach((topic, payload) -> {
            if (matches(filter, topic)) {
                connection.incoming.add(new MessageLink.Message(topic, payload));
            }
        });
    }

    /** MQTT 3.1.1, section 4.7: + stands for one level, # for all that follow. */
    static boolean matches(String filter, String topic) {
        String[] filterLevels = filter.split("/", -1);
        String[] topicLevels = topic.split("/", -1);
        for (int i = 0; i < filterLevels.length; i++) {
            if (filterLevels[i].equals("#")) {
                return true;
            }
            if (i >= topicLevels.length || !filterLevels[i].equals("+") && !filterLevels[i].equals(topicLevels[i])) {
                return false;
            }
        }
        return filterLevels.length == topicLevels.length;
    }

    /** One client's connection. */
    public final class Connection implements MessageLink {
        private final Optional<Message> will;
        private final LinkedBlockingQueue<Message> incoming = new LinkedBlockingQueue<>();
        private final List<String> filters = new ArrayList<>();
        private volatile boolean connected = true;

        private Connection(Optional<Message> will) {
            this.will = will;
        }

        private synchronized void offer(String topic, byte[] payload) {
            if (filters.stream().anyMatch(filter -> matches(filter, topic))) {
                incoming.add(new Message(topic, payload));
            }
        }

        private void requireConnected() throws IOException {
            if (!connected) {
                throw new IOException("the connection to the broker is lost");
            }
        }

        @Override
        public void publish(String topic, byte[] payload, int qos, boolean retain) throws IOException {
            requireConnected();
            deliver(topic, payload.clone(), retain);
        }

        @Override
        public void subscribe(String filter, int qos) throws IOException {
            requireConnected();
            synchronized (this) {
                filters.add(filter);
            }
            replayRetained(this, filter);
        }

        @Override
        public Message poll(int timeoutMillis) throws IOException {
            Message next;
            try {
                next = incoming.poll(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            if (next == null) {
                requireConnected();
            }
            return next;
        }

        /** What is published has been delivered when {@link #publish} returns. */
        @Override
        public void flush() throws IOException {
            requireConnected();
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        /** Goes without saying so: the broker publishes the will. */
        public void abort() {
            connected = false;
            forget(this);
            will.ifPresent(message -> deliver(message.topic(), message.payload(), false));
        }

        @Override
        public void close() {
            connected = false;
            forget(this);
        }
    }
}
