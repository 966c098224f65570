package io.spikelet.host.fleet.collect;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.sparkplug.NodePayload;
import io.spikelet.host.fleet.sparkplug.NodeSession;
import io.spikelet.host.fleet.sparkplug.SessionEvents;
import io.spikelet.host.fleet.sparkplug.SparkplugTopic;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.NodeMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One board as its collector follows it: what its session tells becomes its present, its readings and its events. */
final class NodeFollower implements SessionEvents {
    private final Board board;
    private final NodeSession session;
    private final Tally tally;
    private final BirthRequests births;
    private final Keeper keeper;
    private final Map<String, Long> lastTimes = new HashMap<>();
    private String model = "";
    private String start = "";
    private long now;

    /** The number of the last record that came, in order or afterwards; 0 for none. */
    private long record;

    private boolean receiptIsDue;

    NodeFollower(Board board, NodeSession session, Tally tally, BirthRequests births, Keeper keeper) {
        this.board = board;
        this.session = session;
        this.tally = tally;
        this.births = births;
        this.keeper = keeper;
        record = restored(board.snapshot());
    }

    /**
     * What came before this process: the number in the last live data, or, where the birth is the last that came, what the
     * broker had then, since records that the birth counts may not have followed.
     */
    private static long restored(BoardSnapshot known) {
        MetricValue last = known.values().get(NodeMetric.RECORD.wireName());
        MetricValue received = known.values().get(NodeMetric.RECEIVED.wireName());
        if (last == null || received == null) {
            return 0;
        }
        return (long) (last.time() > received.time() ? last : received).number();
    }

    /** @param epochMillis by the collector's clock */
    void take(SparkplugTopic topic, NodePayload payload, long nowNanos, long epochMillis) {
        now = epochMillis;
        tally.messages++;
        session.take(topic, payload, nowNanos, this);
    }

    void overdue(long nowNanos, long epochMillis) {
        now = epochMillis;
        session.overdue(nowNanos, this);
    }

    boolean isWaiting() {
        return session.isWaiting();
    }

    /** The collector was away. */
    void interrupted(long epochMillis) {
        now = epochMillis;
        session.interrupted(this);
        if (board.state() == BoardState.ONLINE) {
            board.enter(BoardState.STALE, epochMillis);
        }
    }

    Board board() {
        return board;
    }

    /**
     * The number of the last record that came, when the board was born just now and asks for it, so that it sends none twice and leaves
     * none out; else 0.
     */
    long receiptDue() {
        boolean due = receiptIsDue;
        receiptIsDue = false;
        return due ? record : 0;
    }

    /**
     * A board that numbers from the beginning again has forgotten its records. One that was not heard before is answered with
     * what the broker has of it, so that it knows from now on that this host says what it has.
     */
    private void bornWith(List<Named> metrics) {
        for (Named named : metrics) {
            if (named.metric().equals(NodeMetric.RECEIVED.wireName())) {
                receiptIsDue = true;
                record = record == 0 ? (long) named.value().number() : record;
            }
            if (named.metric().equals(NodeMetric.RECORD.wireName())
                    && named.value().number() < record) {
                record = 0;
            }
        }
    }

    @Override
    public void born(long sentAt, List<Named> metrics) {
        tally.births++;
        births.born(board.id());
        bornWith(metrics);
        Map<String, MetricValue> present = new HashMap<>();
        List<Reading> readings = new ArrayList<>(metrics.size());
        for (Named named : metrics) {
            if (!named.historical()) {
                present.put(named.metric(), named.value());
            }
            keep(named, readings);
        }
        boolean news = board.state() != BoardState.ONLINE;
        board.born(now, sentAt, present);
        keeper.keep(readings);
        if (news) {
            event(FleetEvent.Kind.BORN, "online");
        }
        watchModel();
    }

    @Override
    public void data(long sentAt, List<Named> metrics) {
        board.heard(now, sentAt);
        if (board.state() == BoardState.OFFLINE) {
            board.enter(BoardState.STALE, now); // it speaks, and its birth is asked for
        }
        List<Reading> readings = new ArrayList<>(metrics.size());
        boolean model = false;
        for (Named named : metrics) {
            if (named.metric().equals(NodeMetric.RECORD.wireName())) {
                record = Math.max(record, (long) named.value().number());
            }
            if (named.historical()) {
                tally.historical++;
            } else {
                board.set(named.metric(), named.value());
                model |= named.metric().startsWith("Model/");
            }
            keep(named, readings);
        }
        keeper.keep(readings);
        if (model) {
            watchModel();
        }
    }

    /** A board's readings are told apart by metric and millisecond; a second one of both is counted. */
    private void keep(Named named, List<Reading> readings) {
        Long before = lastTimes.put(named.metric(), named.value().time());
        if (before != null && before == named.value().time()) {
            tally.repeated++;
        }
        readings.add(Reading.of(board.id(), named.metric(), named.value()));
    }

    private void watchModel() {
        BoardSnapshot now = board.snapshot();
        String name = now.text(BoardMetric.MODEL_NAME.wireName());
        String serves = name.isEmpty() ? "no model" : name + " " + now.text(BoardMetric.MODEL_VERSION.wireName());
        if (!serves.equals(model)) {
            if (!model.isEmpty()) {
                event(FleetEvent.Kind.MODEL, "serves " + serves + ", before " + model);
            }
            model = serves;
        }
        String did = now.text(BoardMetric.LAST_START.wireName());
        if (!did.equals(start)) {
            start = did;
            event(FleetEvent.Kind.START, did);
        }
    }

    @Override
    public void died() {
        tally.deaths++;
        board.heard(now, 0);
        board.enter(BoardState.OFFLINE, now);
        event(FleetEvent.Kind.DIED, "offline");
    }

    @Override
    public void missing(int messages) {
        tally.missing += messages;
        board.missed(messages);
        event(FleetEvent.Kind.GAP, messages + (messages == 1 ? " message is missing" : " messages are missing"));
    }

    @Override
    public void birthNeeded(String why) {
        births.want(board.id());
    }

    @Override
    public void unknownAliases(int metrics) {
        tally.unknown += metrics;
    }

    private void event(FleetEvent.Kind kind, String text) {
        keeper.keep(new FleetEvent(board.id(), now, kind, text));
    }
}
