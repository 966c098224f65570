package io.spikelet.host.fleet.sparkplug;

import io.spikelet.host.fleet.MetricValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows one edge node: keeps the aliases of its birth, puts its messages in the order of their sequence numbers, and
 * says what is missing. A message that comes early waits for those before it until the reorder time-out; then what came
 * is taken, what did not is missing, and a birth is needed. Time is an argument; one thread.
 */
public final class NodeSession {
    private static final int SEQUENCE_NUMBERS = 256;

    /** More messages than these do not wait: the one before them is not late but lost. */
    static final int MAX_WAITING = 64;

    /** A birth of more metrics is cut here; it would be no board's. */
    static final int MAX_METRICS = 4096;

    private static final String BIRTH_DEATH_SEQUENCE = "bdSeq";
    private static final String NO_BIRTH = "data came before a birth";

    private record Definition(String name, int datatype) {}

    private record Waiting(SparkplugTopic topic, NodePayload payload) {}

    private final long reorderNanos;
    private final Map<Long, Definition> aliases = new HashMap<>();
    private final Map<String, Integer> datatypes = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>(); // by sequence number
    private long waitingSince;
    private int expected;
    private boolean born;
    private boolean birthAsked;
    private Object birthNumber;

    /** @param reorderNanos how long an early message waits for those before it */
    public NodeSession(long reorderNanos) {
        this.reorderNanos = reorderNanos;
    }

    /** Whether {@link #overdue} has something to watch. */
    public boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Forgets order and aliases: the collector was away, and a birth may have gone by. */
    public void interrupted(SessionEvents events) {
        giveUpWaiting(events);
        born = false;
        aliases.clear();
    }

    /** Takes one message of this node or of one of its devices. */
    public void take(SparkplugTopic topic, NodePayload payload, long nowNanos, SessionEvents events) {
        switch (topic.type()) {
            case NBIRTH -> birth(topic, payload, nowNanos, events);
            case NDEATH -> death(payload, events);
            case NDATA, DBIRTH, DDATA, DDEATH -> inOrder(topic, payload, nowNanos, events);
        }
    }

    private void birth(SparkplugTopic topic, NodePayload payload, long nowNanos, SessionEvents events) {
        List<Waiting> later = new ArrayList<>();
        List<Waiting> earlier = new ArrayList<>();
        for (Waiting message : waiting.values()) {
            (message.payload().timestamp() < payload.timestamp() ? earlier : later).add(message);
        }
        if (!earlier.isEmpty()) {
            waiting.values().removeAll(later);
            giveUpWaiting(events);
        }
        waiting.clear();
        aliases.clear();
        datatypes.clear();
        birthNumber = birthNumber(payload);
        born = true;
        birthAsked = false;
        expected = (Math.max(payload.sequence(), 0) + 1) % SEQUENCE_NUMBERS;
        events.born(payload.timestamp(), named(topic, payload, events));
        for (Waiting message : later) {
            inOrder(message.topic(), message.payload(), nowNanos, events);
        }
    }

    /** A will of an earlier connection may come after the birth of the next; it carries another number. */
    private void death(NodePayload payload, SessionEvents events) {
        Object number = birthNumber(payload);
        if (born && number != null && birthNumber != null && !number.equals(birthNumber)) {
            return;
        }
        born = false;
        birthAsked = false;
        waiting.clear();
        aliases.clear();
        events.died();
    }

    private void inOrder(SparkplugTopic topic, NodePayload payload, long nowNanos, SessionEvents events) {
        if (payload.sequence() < 0) {
            needBirth("a message without a sequence number came", events);
            deliver(topic, payload, events);
            return;
        }
        int ahead = Math.floorMod(payload.sequence() - expected, SEQUENCE_NUMBERS);
        if (!born || birthAsked) {
            // Order means nothing until the birth; values do.
            if (born && ahead > 0) {
                events.missing(ahead);
            }
            expected = (payload.sequence() + 1) % SEQUENCE_NUMBERS;
            needBirth(NO_BIRTH, events);
            deliver(topic, payload, events);
            return;
        }
        if (ahead == 0) {
            expected = (expected + 1) % SEQUENCE_NUMBERS;
            deliver(topic, payload, events);
            deliverWaiting(events);
            return;
        }
        if (waiting.isEmpty()) {
            waitingSince = nowNanos;
        }
        waiting.put(payload.sequence(), new Waiting(topic, payload));
        if (waiting.size() > MAX_WAITING) {
            giveUpWaiting(events);
            needBirth("messages are missing", events);
        }
    }

    /** Looks whether the reorder time-out has passed. */
    public void overdue(long nowNanos, SessionEvents events) {
        if (!waiting.isEmpty() && nowNanos - waitingSince >= reorderNanos) {
            giveUpWaiting(events);
            needBirth("messages are missing", events);
        }
    }

    private void deliverWaiting(SessionEvents events) {
        Waiting next = waiting.remove(expected);
        while (next != null) {
            expected = (expected + 1) % SEQUENCE_NUMBERS;
            deliver(next.topic(), next.payload(), events);
            next = waiting.remove(expected);
        }
    }

    /** Takes what waits in its order and counts what lies between. */
    private void giveUpWaiting(SessionEvents events) {
        int missing = 0;
        int at = expected;
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove(at);
            at = (at + 1) % SEQUENCE_NUMBERS;
            if (next == null) {
                missing++;
            } else {
                deliver(next.topic(), next.payload(), events);
            }
        }
        expected = at;
        if (missing > 0) {
            events.missing(missing);
        }
    }

    private void needBirth(String why, SessionEvents events) {
        birthAsked = true;
        events.birthNeeded(why);
    }

    private void deliver(SparkplugTopic topic, NodePayload payload, SessionEvents events) {
        if (topic.type() != SparkplugTopic.Type.DDEATH) {
            events.data(payload.timestamp(), named(topic, payload, events));
        }
    }

    private List<SessionEvents.Named> named(SparkplugTopic topic, NodePayload payload, SessionEvents events) {
        String prefix = topic.device().isEmpty() ? "" : topic.device() + "/";
        boolean birth = topic.type() == SparkplugTopic.Type.NBIRTH || topic.type() == SparkplugTopic.Type.DBIRTH;
        List<SessionEvents.Named> named = new ArrayList<>(payload.entries().size());
        int unknown = 0;
        for (NodePayload.Entry entry : payload.entries()) {
            if (birth && !entry.name().isEmpty()) {
                define(prefix + entry.name(), entry);
            }
            Definition definition = entry.name().isEmpty()
                    ? aliases.get(entry.alias())
                    : new Definition(prefix + entry.name(), datatypes.getOrDefault(prefix + entry.name(), 0));
            if (definition == null) {
                unknown++;
            } else if (!definition.name().equals(BIRTH_DEATH_SEQUENCE)) {
                MetricValue value = new MetricValue(entry.time(), entry.value(definition.datatype()), entry.reason());
                named.add(new SessionEvents.Named(definition.name(), value, entry.historical()));
            }
        }
        if (unknown > 0) {
            events.unknownAliases(unknown);
            if (!birthAsked) {
                needBirth("an alias is not known", events);
            }
        }
        return named;
    }

    private void define(String name, NodePayload.Entry entry) {
        if (datatypes.size() < MAX_METRICS) {
            datatypes.put(name, entry.datatype());
            if (entry.alias() >= 0) {
                aliases.put(entry.alias(), new Definition(name, entry.datatype()));
            }
        }
    }

    private static Object birthNumber(NodePayload payload) {
        for (NodePayload.Entry entry : payload.entries()) {
            if (entry.name().equals(BIRTH_DEATH_SEQUENCE) && entry.raw() instanceof Number number) {
                return number.longValue();
            }
        }
        return null;
    }
}
