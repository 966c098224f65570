package io.spikelet.device;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.Store;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.telemetry.TelemetryFlow;
import io.spikelet.telemetry.TelemetryFlow.Batch;
import java.io.IOException;
import java.util.List;

/** A board's telemetry on the duty cycle's thread; the link's thread asks only {@link #millisUntilDue}. */
final class NodeTelemetry implements MqttService.Telemetry {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final TelemetryFlow flow;
    private final Clock clock;
    private volatile long dueAt = TelemetryFlow.NEVER;

    NodeTelemetry(TelemetryFlow flow, Clock clock) {
        this.flow = flow;
        this.clock = clock;
    }

    /** The store is open, for the first time or again. */
    void open(Store store) throws IOException {
        flow.open(store);
    }

    /** The store is about to be closed. */
    void close() {
        flow.close();
    }

    /** Gives birth anew, as after a start of the board. */
    void birth() {
        flow.birthAgain();
        note();
    }

    /** Takes another least time between two records. */
    void pace(long nanos) {
        flow.pace(nanos);
    }

    void turn() {
        flow.turn(clock.nanoTime());
        note();
    }

    private void note() {
        dueAt = flow.dueAt();
    }

    @Override
    public int millisUntilDue(int atMost) {
        long due = dueAt;
        if (due == TelemetryFlow.NEVER) {
            return atMost;
        }
        long nanos = due - clock.nanoTime();
        return nanos <= 0 ? 0 : (int) Math.min(atMost, nanos / NANOS_A_MILLI + 1);
    }

    @Override
    public Will will() throws IOException {
        return flow.will();
    }

    @Override
    public List<String> subscriptions() {
        return flow.subscriptions();
    }

    @Override
    public void connecting() {
        flow.connecting();
        note();
    }

    @Override
    public void take(MessageLink.Message message) {
        flow.take(message);
        note();
    }

    @Override
    public Batch next() throws IOException {
        Batch batch = flow.next();
        note();
        return batch;
    }

    @Override
    public void delivered(Batch batch) throws IOException {
        flow.delivered(batch);
        note();
    }

    @Override
    public Will goodbye() {
        return flow.goodbye();
    }

    @Override
    public void offline() {
        flow.lost();
        note();
    }
}
