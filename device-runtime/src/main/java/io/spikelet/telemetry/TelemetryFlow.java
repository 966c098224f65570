package io.spikelet.telemetry;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.Store;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.telemetry.EdgeNode.Outgoing;
import io.spikelet.telemetry.NodeCommand.Refusal;
import io.spikelet.telemetry.NodeCommand.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
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
    private static final String BANDS_FILE = "telemetry-bands";
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);

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
    private Recorder recorder;
    private Store store;
    private Phase phase = Phase.OFFLINE;
    private boolean birthWanted;
    private boolean leaveWanted;
    private boolean inDoubt;
    private boolean hostTellsWhatItHas;
    private String lastCommand = "none yet";
    private final Map<NodeMetric, Object> toTell = new EnumMap<>(NodeMetric.class);
    private Map<BoardMetric, Reading> born = Map.of();
    private long toldDropped;
    private long sent;
    private long doubtfulUpTo;
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
        sent = recorder.outbox().confirmed();
        inDoubt = recorder.outbox().waiting() > 0;
        sampledAt = clock.nanoTime() - intervalNanos;
        quietUntil = clock.nanoTime() + START_NANOS;
        Optional<byte[]> stored = opened.read(BANDS_FILE);
        if (stored.isPresent()) {
            try {
                recorder.use(DeadBands.parse(new String(stored.get(), java.nio.charset.StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                LOG.warn("{} is not used: {}", BANDS_FILE, e.getMessage());
            }
        }
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
        birthWanted = host.isEmpty();
    }

    /** The connection is lost, or was never made. */
    public void lost() {
        if (sent > recorder.outbox().confirmed()) {
            inDoubt = true;
            doubtfulUpTo = sent;
        }
        sent = recorder.outbox().confirmed();
        phase = Phase.OFFLINE;
        birthWanted = false;
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
            case NodeCommand.Rebirth() -> birthAgain();
            case NodeCommand.SetDeadBands(DeadBands bands) -> use(bands);
            case NodeCommand.Received(long number) -> LOG.debug("the host has all up to record {}", number);
            case Refused refused -> {
                LOG.warn("a command was {}", refused.text());
                tell(refused.text());
            }
        }
    }

    private void use(DeadBands bands) {
        recorder.use(bands);
        toTell.put(NodeMetric.DEAD_BANDS, bands.toString());
        try {
            store.write(BANDS_FILE, bands.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            tell("done: " + NodeMetric.DEAD_BANDS.wireName());
        } catch (IOException e) {
            LOG.warn("the dead-bands hold until the next start: {}", e.getMessage());
            tell("done until the next start: " + NodeMetric.DEAD_BANDS.wireName());
        }
    }

    private void tell(String outcome) {
        lastCommand = outcome;
        toTell.put(NodeMetric.LAST_COMMAND, outcome);
    }

    /** What the host has decides what is sent again; later, messages may be on their way that it could not count. */
    private NodeCommand received(long number) {
        hostTellsWhatItHas = true;
        if (phase != Phase.SETTLING) {
            return new NodeCommand.Received(number); // nothing is in doubt, or it is too late to say
        }
        Outbox outbox = recorder.outbox();
        if (number > outbox.last()) {
            return new Refused(Refusal.OUT_OF_RANGE, "record " + number + " was not made yet");
        }
        try {
            if (number >= outbox.confirmed()) {
                outbox.confirm(number);
            } else {
                outbox.rewind(number);
            }
        } catch (IOException e) {
            LOG.warn("sent telemetry stays stored: {}", e.getMessage());
        }
        sent = outbox.confirmed();
        inDoubt = false;
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
        if (birthWanted || leaveWanted || isBorn() && !toTell.isEmpty()) {
            return now;
        }
        return switch (phase) {
            case SETTLING -> settleUntil;
            case REPLAY -> burstAt;
            case LIVE -> sent < recorder.outbox().last() ? now : NEVER;
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
        if (birthWanted) {
            add(messages, birth(now));
        }
        if (phase == Phase.SETTLING && now - settleUntil >= 0) {
            settle();
        }
        long before = sent;
        if (phase == Phase.REPLAY && now - burstAt >= 0) {
            replay(messages, now);
        }
        if (phase == Phase.LIVE) {
            send(messages, false, hostTellsWhatItHas ? BURST : 1);
        }
        if (isBorn()) {
            tellIfNew(messages);
        }
        return new Batch(messages, sent > before ? sent : 0, false);
    }

    /** The host did not say what it has. */
    private void settle() throws IOException {
        if (inDoubt && settings.leaveOutDoubtful() && doubtfulUpTo > sent) {
            recorder.outbox().leaveOut(doubtfulUpTo);
            sent = recorder.outbox().confirmed();
        }
        phase = Phase.REPLAY;
    }

    private void tellIfNew(List<Message> messages) {
        long dropped = recorder.outbox().dropped();
        if (dropped != toldDropped) {
            toTell.put(NodeMetric.DROPPED, dropped);
            toldDropped = dropped;
        }
        if (!toTell.isEmpty()) {
            add(messages, node.data(recorder.time().epochMillis(), toTell));
            toTell.clear();
        }
    }

    private void replay(List<Message> messages, long now) throws IOException {
        int burst = hostTellsWhatItHas ? Math.min(BURST, settings.replayPerSecond()) : 1;
        int made = send(messages, true, burst);
        burstAt = now + made * SECOND_NANOS / settings.replayPerSecond();
        if (sent >= recorder.outbox().last()) {
            phase = Phase.LIVE;
            recorder.toldAll(born); // what was recorded since is history to the host, which shows the birth
        }
    }

    private int send(List<Message> messages, boolean historical, int atMost) throws IOException {
        Outbox outbox = recorder.outbox();
        BoardTime time = recorder.time();
        int made = 0;
        Optional<TelemetryRecord> record = outbox.after(sent);
        while (record.isPresent() && made < atMost) {
            Stamp stamp = record.get().stamp();
            add(
                    messages,
                    node.data(
                            time.epochMillis(),
                            record.get(),
                            time.epochMillis(stamp, outbox.start()),
                            time.isGuess(stamp, outbox.start()),
                            historical));
            sent = record.get().number();
            made++;
            record = outbox.after(sent);
        }
        if (record.isEmpty()) {
            sent = outbox.last(); // a damaged segment may have held the last ones
        }
        return made;
    }

    private Outgoing birth(long now) throws IOException {
        Outbox outbox = recorder.outbox();
        birthWanted = false;
        started = true;
        born = readings.get();
        toTell.clear();
        toldDropped = outbox.dropped();
        Map<NodeMetric, Object> own = new EnumMap<>(NodeMetric.class);
        own.put(NodeMetric.REBIRTH, false);
        own.put(NodeMetric.DEAD_BANDS, recorder.bands().toString());
        own.put(NodeMetric.LAST_COMMAND, lastCommand);
        own.put(NodeMetric.RECEIVED, outbox.confirmed());
        own.put(NodeMetric.RECORD, outbox.last());
        own.put(NodeMetric.STORED, outbox.waiting());
        own.put(NodeMetric.DROPPED, toldDropped);
        own.put(NodeMetric.IN_DOUBT, inDoubt);
        own.put(NodeMetric.CLOCK_KNOWN, recorder.time().isKnown());
        own.put(NodeMetric.CLOCK_STEPS, recorder.time().steps());
        boolean settles = inDoubt || hostTellsWhatItHas;
        phase = settles ? Phase.SETTLING : Phase.REPLAY;
        settleUntil = now + SETTLE_NANOS;
        burstAt = now;
        return node.birth(recorder.time().epochMillis(), born, own);
    }

    private static void add(List<Message> messages, Outgoing made) {
        messages.add(new Message(made.topic(), made.payload()));
    }

    /** The broker has taken a batch. */
    public void delivered(Batch batch) throws IOException {
        if (batch.upTo() == 0 || phase == Phase.OFFLINE) {
            return;
        }
        recorder.outbox().confirm(batch.upTo());
        if (phase == Phase.LIVE || phase == Phase.REPLAY) {
            inDoubt &= sent > recorder.outbox().confirmed();
        }
        long now = clock.nanoTime();
        if (phase == Phase.REPLAY && now - keptAt >= KEEP_NANOS) {
            keptAt = now;
            recorder.keep(now);
        }
    }

    /** Records waiting, dropped since the board was provisioned, and made since this start. */
    public Counts counts() throws IOException {
        Outbox outbox = recorder.outbox();
        return new Counts(
                outbox.last() - TelemetryRecord.numberBefore(outbox.start()), outbox.waiting(), outbox.dropped());
    }

    /** What became of records. */
    public record Counts(long made, long waiting, long dropped) {}
}
