package io.spikelet.telemetry;

import io.spikelet.telemetry.EdgeNode.Outgoing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the records are: sent, taken by the broker, or on their way when it went. One thread. */
final class Delivery {
    private final EdgeNode node;
    private final Recorder recorder;
    private long sent;
    private long doubtfulUpTo;
    private boolean inDoubt;

    Delivery(EdgeNode node, Recorder recorder) throws IOException {
        this.node = node;
        this.recorder = recorder;
        sent = recorder.outbox().confirmed();
        inDoubt = recorder.outbox().waiting() > 0; // how many were sent before a power cut, nobody knows
    }

    /** The number of the last record that was sent. */
    long sent() {
        return sent;
    }

    boolean hasSentAll() {
        return sent >= recorder.outbox().last();
    }

    /** Whether records may have arrived that the broker is not known to have. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Messages with the next records, at most so many. */
    List<Outgoing> next(int atMost, boolean historical) throws IOException {
        Outbox outbox = recorder.outbox();
        BoardTime time = recorder.time();
        List<Outgoing> made = new ArrayList<>();
        Optional<TelemetryRecord> record = outbox.after(sent);
        while (record.isPresent() && made.size() < atMost) {
            Stamp stamp = record.get().stamp();
            made.add(node.data(
                    time.epochMillis(),
                    record.get(),
                    time.epochMillis(stamp, outbox.start()),
                    time.isGuess(stamp, outbox.start()),
                    historical));
            sent = record.get().number();
            record = outbox.after(sent);
        }
        if (record.isEmpty()) {
            sent = outbox.last(); // a damaged segment may have held the last ones
        }
        return made;
    }

    /** The broker has taken all up to this record. */
    void delivered(long number) throws IOException {
        recorder.outbox().confirm(number);
        inDoubt &= sent > recorder.outbox().confirmed();
    }

    /** The connection is lost. */
    void lost() {
        if (sent > recorder.outbox().confirmed()) {
            inDoubt = true;
            doubtfulUpTo = sent;
        }
        sent = recorder.outbox().confirmed();
    }

    /** The host has all up to this record and none after it. */
    void hostHas(long number) throws IOException {
        Outbox outbox = recorder.outbox();
        inDoubt = false;
        try {
            if (number >= outbox.confirmed()) {
                outbox.confirm(number);
            } else {
                outbox.rewind(number);
            }
        } finally {
            sent = outbox.confirmed();
        }
    }

    /** Gives up what is in doubt, and counts it as dropped. */
    void leaveOutDoubtful() throws IOException {
        if (inDoubt && doubtfulUpTo > sent) {
            recorder.outbox().leaveOut(doubtfulUpTo);
            sent = recorder.outbox().confirmed();
        }
    }
}
