package io.spikelet.host.fleet.collect;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.sparkplug.HostMessages;
import io.spikelet.host.fleet.sparkplug.NodePayload;
import io.spikelet.host.fleet.sparkplug.NodeSession;
import io.spikelet.host.fleet.sparkplug.SparkplugTopic;
import io.spikelet.model.MalformedDataException;
import io.spikelet.telemetry.HostCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Sparkplug host application on a thread of its own: connects, says that it is online, follows every board, asks for
 * births where it must, and connects anew when the broker goes.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int POLL_MILLIS = 50;
    private static final long HOUSEKEEPING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int QOS = 1;

    /** At 5,000 messages a second, what a machine that does something else for half a minute leaves unread. */
    private static final int MAX_WAITING_MESSAGES = 1 << 17;

    private static final long MAX_WAITING_BYTES = 128L << 20;

    private final CollectorOptions options;
    private final Fleet fleet;
    private final Keeper keeper;
    private final Map<BoardId, NodeFollower> followers = new HashMap<>();
    private final Set<NodeFollower> waiting = new HashSet<>();
    private final Tally tally = new Tally();
    private final BirthRequests births;
    private final Thread thread;
    private volatile CollectorCounts counts = new Tally().counts(false);
    private volatile boolean closing;
    private volatile String trouble = "";
    private long inboxDroppedBefore;
    private long stateTimestamp;

    /** Starts at once; {@link #trouble} says what keeps it from connecting. */
    public Collector(CollectorOptions options, Fleet fleet, Keeper keeper) {
        this.options = options;
        this.fleet = fleet;
        this.keeper = keeper;
        births = new BirthRequests(options.birthsASecond());
        thread = Thread.ofPlatform().name("fleet-collector").start(this::run);
    }

    /** As of at most a few milliseconds ago. */
    public CollectorCounts counts() {
        return counts;
    }

    /** Why it is not connected, in a sentence; empty when it is. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        askTheKnown();
        long pause = FIRST_PAUSE_MILLIS;
        while (!closing) {
            try (MqttLink link = connect()) {
                pause = FIRST_PAUSE_MILLIS;
                serve(link);
            } catch (IOException failure) {
                if (!failure.getMessage().equals(trouble)) {
                    LOG.warn("{}; it is tried again", failure.getMessage());
                }
                trouble = failure.getMessage();
                away();
                pause(pause + ThreadLocalRandom.current().nextLong(pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
        counts = tally.counts(false);
    }

    /** Boards that were online when the collector ended say whether they still are, and what was missed meanwhile. */
    private void askTheKnown() {
        for (Board board : fleet.boards()) {
            if (board.state() == BoardState.STALE && follower(board.id()) != null) {
                births.want(board.id());
            }
        }
    }

    private MqttLink connect() throws IOException {
        stateTimestamp = System.currentTimeMillis();
        String topic = SparkplugTopic.hostState(options.hostId());
        MqttOptions own =
                options.broker().withWill(new Will(topic, HostMessages.state(false, stateTimestamp), QOS, true));
        MqttLink link = MqttLink.connect(own, MAX_WAITING_MESSAGES, MAX_WAITING_BYTES);
        boolean ready = false;
        try {
            inboxDroppedBefore = tally.inboxDropped;
            link.subscribe(topic, QOS);
            for (String group : options.groups().isEmpty() ? List.of("+") : options.groups()) {
                // Each kind by its name, so that commands and other hosts' states do not come.
                for (SparkplugTopic.Type type : SparkplugTopic.Type.values()) {
                    String filter = SparkplugTopic.NAMESPACE + "/" + group + "/" + type + "/+";
                    link.subscribe(type.name().startsWith("D") ? filter + "/+" : filter, QOS);
                }
            }
            link.publish(topic, HostMessages.state(true, stateTimestamp), QOS, true);
            tally.connections++;
            trouble = "";
            ready = true;
            return link;
        } finally {
            if (!ready) {
                link.abort();
            }
        }
    }

    private void serve(MqttLink link) throws IOException {
        long housekeepingAt = System.nanoTime();
        while (!closing) {
            MessageLink.Message message = link.poll(POLL_MILLIS);
            long now = System.nanoTime();
            if (message != null) {
                take(message, now, link);
            }
            if (message == null || now - housekeepingAt >= HOUSEKEEPING_NANOS) {
                housekeepingAt = now;
                tally.inboxDropped = inboxDroppedBefore + link.dropped();
                keepHouse(now, link);
            }
        }
        link.publish(SparkplugTopic.hostState(options.hostId()), HostMessages.state(false, stateTimestamp), QOS, true);
    }

    private void take(MessageLink.Message message, long nowNanos, MqttLink link) throws IOException {
        Optional<SparkplugTopic> topic = SparkplugTopic.parse(message.topic());
        if (topic.isEmpty()) {
            answerState(message, link);
            return;
        }
        if (!options.takes(topic.get().board())) {
            return;
        }
        try {
            NodePayload payload = NodePayload.decode(message.payload());
            NodeFollower follower = follower(topic.get().board());
            if (follower == null) {
                tally.refused++;
                return;
            }
            long epochMillis = System.currentTimeMillis();
            follower.take(topic.get(), payload, nowNanos, epochMillis);
            long record = follower.receiptDue();
            if (record > 0) {
                String command = SparkplugTopic.command(follower.board().id());
                link.publish(command, HostCommands.received(record, epochMillis), 0, false);
            }
            if (follower.isWaiting()) {
                waiting.add(follower);
            }
        } catch (MalformedDataException noPayload) {
            if (tally.malformed++ == 0) {
                LOG.warn("{}: {}; more of its kind are only counted", message.topic(), noPayload.getMessage());
            }
        }
    }

    /** The will of this host's earlier connection may come late; then it says again that it is here. */
    private void answerState(MessageLink.Message message, MqttLink link) throws IOException {
        String topic = SparkplugTopic.hostState(options.hostId());
        if (message.topic().equals(topic)
                && new String(message.payload(), StandardCharsets.UTF_8).contains("\"online\":false")) {
            link.publish(topic, HostMessages.state(true, stateTimestamp), QOS, true);
        }
    }

    private NodeFollower follower(BoardId id) {
        NodeFollower known = followers.get(id);
        if (known == null) {
            Optional<Board> board = fleet.board(id, System.currentTimeMillis());
            if (board.isEmpty()) {
                return null;
            }
            NodeSession session = new NodeSession(options.reorder().toNanos());
            known = new NodeFollower(board.get(), session, tally, births, keeper);
            followers.put(id, known);
        }
        return known;
    }

    private void keepHouse(long nowNanos, MqttLink link) throws IOException {
        long epochMillis = System.currentTimeMillis();
        Iterator<NodeFollower> early = waiting.iterator();
        while (early.hasNext()) {
            NodeFollower follower = early.next();
            follower.overdue(nowNanos, epochMillis);
            if (!follower.isWaiting()) {
                early.remove();
            }
        }
        BoardId board = births.next(nowNanos);
        while (board != null) {
            link.publish(SparkplugTopic.command(board), HostCommands.rebirth(epochMillis), 0, false);
            tally.rebirths++;
            followers.get(board).board().askedForBirth();
            board = births.next(nowNanos);
        }
        counts = tally.counts(true);
    }

    /** What boards say from now on does not follow on what was heard: none is known to be online any more. */
    private void away() {
        long now = System.currentTimeMillis();
        followers.values().forEach(follower -> follower.interrupted(now));
        waiting.clear();
        counts = tally.counts(false);
    }

    private void pause(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!closing && System.nanoTime() - deadline < 0) {
                Thread.sleep(Math.min(millis, POLL_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Says that this host is offline, and ends. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
