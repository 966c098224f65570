package io.spikelet.telemetry;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.Store;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.smp.LogBudget;
import io.spikelet.telemetry.EdgeNode.Outgoing;
import io.spikelet.telemetry.NodeCommand.Refusal;
import io.spikelet.telemetry.NodeCommand.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telemetry from the readings of a board to the messages of a connection: records what is news at an interval, and says
 * what to publish next. One thread, on which nothing waits; another carries the messages.
 *
 * <pre>
 *            connected           host online            birth            host said what it has, or is silent
 *   OFFLINE ──────────► WAITING ────────────► (birth) ────────► SETTLING ──────────────► REPLAY ──────► LIVE
 *      ▲                                                             nothing in doubt: ──────┘  all sent
 *      └── the connection is lost, or the primary host is offline: death, disconnect, connect anew
 * </pre>
 */
public final class TelemetryFlow {
    /** How long a host may take after a birth to say what it has. */
    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * Records between two looks whether the broker has them; so many are in doubt when it dies. Of a host that does not say
     * what it has, one: it might be there twice.
     */
    static final int BURST = 16;

    /** A birth tells all that a start is about; without one within this time, a record does. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** No message is due. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryFlow.class);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int REFUSALS_TOLD_A_MINUTE = 20;

    private enum Phase {
        OFFLINE,
        WAITING,
        SETTLING,
        REPLAY,
        LIVE
    }

    /**
     * What to publish, in order, and then to {@link MessageLink#flush}.
     *
     * @param messages of QoS 0, not retained
     * @param upTo the number of the last record among them; 0 when there is none
     * @param leave whether to say goodbye, disconnect and connect anew
     */
    public record Batch(List<Message> messages, long upTo, boolean leave) {}

    /** One message. */
    public record Message(String topic, byte[] payload) {}

    private final EdgeNode node;
    private final Clock clock;
    private final TelemetrySettings settings;
    private final Supplier<Map<BoardMetric, Reading>> readings;
    private long intervalNanos;
    private final Optional<PrimaryHost> host;
    private final OwnMetrics own = new OwnMetrics();
    private final LogBudget refusalsTold = new LogBudget(REFUSALS_TOLD_A_MINUTE);
    private Recorder recorder;
    private Delivery delivery;
    private Store store;
    private Phase phase = Phase.OFFLINE;
    private boolean birthWanted;
    private boolean birthCommanded;
    private boolean receivedRefused;
    private long bornAt;
    private boolean leaveWanted;
    private boolean hostTellsWhatItHas;
    private Map<BoardMetric, Reading> born = Map.of();
    private long settleUntil;
    private long sampledAt;
    private long quietUntil;
    private boolean started;
    private long burstAt;
    private long keptAt;

    /**
     * @param group the Sparkplug group id
     * @param name the edge node id: the device's name
     * @param readings one for each metric, whenever asked
     * @param intervalNanos the least time between two records
     */
    public TelemetryFlow(
            String group,
            String name,
            Clock clock,
            TelemetrySettings settings,
            Supplier<Map<BoardMetric, Reading>> readings,
            long intervalNanos) {
        this.node = new EdgeNode(group, name);
        this.clock = clock;
        this.settings = settings;
        this.readings = readings;
        this.intervalNanos = intervalNanos;
        host = settings.primaryHost().map(PrimaryHost::new);
    }

    /** The store is open, for the first time or again. */
    public void open(Store opened) throws IOException {
        store = opened;
        if (recorder != null) {
            recorder.outbox().use(opened);
            return;
        }
        recorder = new Recorder(clock, opened, settings);
        delivery = new Delivery(node, recorder);
        sampledAt = clock.nanoTime() - intervalNanos;
        quietUntil = clock.nanoTime() + START_NANOS;
        BandsFile.read(opened).ifPresent(recorder::use);
    }

    /** The store is about to be closed. */
    public void close() {
        if (recorder != null) {
            recorder.close(clock.nanoTime());
        }
    }

    /** The will of the next connection. */
    public Will will() throws IOException {
        return node.will(BirthSequence.next(store), recorder.time().epochMillis());
    }

    /** The NDEATH before an orderly disconnect. */
    public Will goodbye() {
        return node.death(recorder.time().epochMillis());
    }

    /** What to subscribe to at QoS 1 before {@link #connected}. */
    public List<String> subscriptions() {
        List<String> topics = new ArrayList<>(List.of(node.commandTopic()));
        host.ifPresent(primary -> topics.add(primary.topic()));
        return topics;
    }

    /** A connection is about to be made: what comes next on it is taken with {@link #take}. */
    public void connecting() {
        host.ifPresent(PrimaryHost::forget);
        phase = Phase.WAITING;
        leaveWanted = false;
        birthCommanded = false;
        birthWanted = host.isEmpty();
    }

    /** The connection is lost, or was never made. */
    public void lost() {
        delivery.lost();
        phase = Phase.OFFLINE;
        birthWanted = false;
        birthCommanded = false;
        leaveWanted = false;
        started = true;
    }

    /** Gives birth anew, as after a start with another model; nothing while nobody listens. */
    public void birthAgain() {
        birthWanted |= isBorn();
    }

    private boolean isBorn() {
        return phase == Phase.SETTLING || phase == Phase.REPLAY || phase == Phase.LIVE;
    }

    /** A message on one of the {@link #subscriptions}. */
    public void take(MessageLink.Message message) {
        if (phase == Phase.OFFLINE) {
            return;
        }
        if (message.topic().equals(node.commandTopic())) {
            NodeCommand.parse(message.payload()).forEach(this::obey);
            return;
        }
        if (host.isPresent()) {
            switch (host.get().take(message)) {
                case ONLINE -> birthWanted = true;
                case OFFLINE -> {
                    LOG.info("the primary host is offline; says goodbye and waits for it");
                    leaveWanted = true;
                    birthWanted = false;
                }
                case NONE -> LOG.debug("nothing new on {}", message.topic());
            }
        }
    }

    private void obey(NodeCommand command) {
        NodeCommand done = command instanceof NodeCommand.Received(long number) ? received(number) : command;
        switch (done) {
            case NodeCommand.Rebirth() -> birthCommanded |= isBorn();
            case NodeCommand.SetDeadBands(DeadBands bands) -> use(bands);
            case NodeCommand.Received(long number) -> {
                LOG.debug("the host has all up to record {}", number);
                if (receivedRefused) {
                    receivedRefused = false;
                    own.outcome("done: " + NodeMetric.RECEIVED.wireName());
                }
            }
            case Refused refused -> {
                receivedRefused = command instanceof NodeCommand.Received;
                tell(refused);
                own.outcome(refused.text());
            }
        }
    }

    /** A host that floods the board with nonsense fills no card. */
    private void tell(Refused refused) {
        if (refusalsTold.allows(clock.nanoTime())) {
            LOG.warn("a command was {}{}", refused.text(), refusalsTold.withheld());
        }
    }

    private void use(DeadBands bands) {
        recorder.use(bands);
        own.use(bands);
        try {
            BandsFile.write(store, bands);
            own.outcome("done: " + NodeMetric.DEAD_BANDS.wireName());
        } catch (IOException e) {
            LOG.warn("the dead-bands hold until the next start: {}", e.getMessage());
            own.outcome("done until the next start: " + NodeMetric.DEAD_BANDS.wireName());
        }
    }

    /** What the host has decides what is sent again; later, messages may be on their way that it could not count. */
    private NodeCommand received(long number) {
        if (number > recorder.outbox().last()) {
            return new Refused(
                    Refusal.OUT_OF_RANGE,
                    "record " + number + " was not made yet; the last is "
                            + recorder.outbox().last());
        }
        hostTellsWhatItHas = true;
        if (phase != Phase.SETTLING) {
            return new NodeCommand.Received(number); // nothing is in doubt, or it is too late to say
        }
        try {
            delivery.hostHas(number);
        } catch (IOException e) {
            LOG.warn("sent telemetry stays stored: {}", e.getMessage());
        }
        phase = Phase.REPLAY;
        return new NodeCommand.Received(number);
    }

    /** Takes another least time between two records. */
    public void pace(long nanos) {
        intervalNanos = nanos;
    }

    /** Records what is news when the interval is over, and writes what is due. */
    public void turn(long nowNanos) {
        if (nowNanos - sampledAt >= intervalNanos) {
            sampledAt = nowNanos;
            if (recorder.lookAtTheClock()) {
                birthAgain();
            }
            started |= nowNanos - quietUntil >= 0;
            if (started && (!birthWanted || !isBorn())) {
                recorder.record(readings.get());
            }
        }
        recorder.turn(nowNanos);
    }

    /** The monotonic time in nanoseconds from which {@link #next} has something; {@link #NEVER} when nothing is due. */
    public long dueAt() {
        if (phase == Phase.OFFLINE) {
            return NEVER;
        }
        long now = clock.nanoTime();
        if (birthWanted || leaveWanted || isBorn() && own.hasNews()) {
            return now;
        }
        long due = messagesDueAt(now);
        return birthCommanded && isBorn() ? Math.min(due, Math.max(now, bornAt + SECOND_NANOS)) : due;
    }

    private long messagesDueAt(long now) {
        return switch (phase) {
            case SETTLING -> settleUntil;
            case REPLAY -> burstAt;
            case LIVE -> delivery.hasSentAll() ? NEVER : now;
            default -> NEVER;
        };
    }

    /** What to publish now; after it, {@link #delivered} or {@link #lost}. */
    public Batch next() throws IOException {
        long now = clock.nanoTime();
        if (leaveWanted) {
            return new Batch(List.of(), 0, true);
        }
        List<Message> messages = new ArrayList<>();
        if (birthCommanded && isBorn() && now - bornAt >= SECOND_NANOS) {
            own.outcome("done: " + NodeMetric.REBIRTH.wireName());
            birthWanted = true;
        }
        if (birthWanted) {
            add(messages, birth(now));
        }
        if (phase == Phase.SETTLING && now - settleUntil >= 0) {
            if (settings.leaveOutDoubtful()) {
                delivery.leaveOutDoubtful();
            }
            phase = Phase.REPLAY;
        }
        long before = delivery.sent();
        if (phase == Phase.REPLAY && now - burstAt >= 0) {
            replay(messages, now);
        }
        if (phase == Phase.LIVE) {
            delivery.next(hostTellsWhatItHas ? BURST : 1, false).forEach(made -> add(messages, made));
        }
        if (isBorn()) {
            Map<NodeMetric, Object> news = own.takeNews(recorder.outbox().dropped());
            if (!news.isEmpty()) {
                add(messages, node.data(recorder.time().epochMillis(), news));
            }
        }
        long sent = delivery.sent();
        return new Batch(messages, sent > before ? sent : 0, false);
    }

    private void replay(List<Message> messages, long now) throws IOException {
        int burst = hostTellsWhatItHas ? Math.min(BURST, settings.replayPerSecond()) : 1;
        List<Outgoing> made = delivery.next(burst, true);
        made.forEach(each -> add(messages, each));
        burstAt = now + made.size() * SECOND_NANOS / settings.replayPerSecond();
        if (delivery.hasSentAll()) {
            phase = Phase.LIVE;
            recorder.toldAll(born); // what was recorded since is history to the host, which shows the birth
        }
    }

    private Outgoing birth(long now) throws IOException {
        birthWanted = false;
        birthCommanded = false; // whoever commanded one has it
        bornAt = now;
        started = true;
        born = readings.get();
        Outgoing birth = node.birth(recorder.time().epochMillis(), born, own.all(recorder, delivery.isInDoubt()));
        boolean settles = delivery.isInDoubt() || hostTellsWhatItHas;
        if (phase != Phase.SETTLING) {
            settleUntil = now + SETTLE_NANOS; // else birth after birth would hold back all that follows
        }
        phase = settles ? Phase.SETTLING : Phase.REPLAY;
        burstAt = now;
        return birth;
    }

    private static void add(List<Message> messages, Outgoing made) {
        messages.add(new Message(made.topic(), made.payload()));
    }

    /** The broker has taken a batch. */
    public void delivered(Batch batch) throws IOException {
        if (batch.upTo() == 0 || phase == Phase.OFFLINE) {
            return;
        }
        delivery.delivered(batch.upTo());
        long now = clock.nanoTime();
        if (phase == Phase.REPLAY && now - keptAt >= KEEP_NANOS) {
            keptAt = now;
            recorder.keep(now);
        }
    }
}
