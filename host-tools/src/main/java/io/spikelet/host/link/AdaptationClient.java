package io.spikelet.host.link;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.smp.AdaptationCommands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one asks of a board whose model adapts. Failures are those of {@link BoardClient}. */
public final class AdaptationClient {

    /** What {@link #tell} may say. */
    public enum Order {
        /** Judge the candidate now. */
        EVALUATE("evaluate"),
        /** Take the candidate back to the served model. */
        ROLL_BACK("rollback"),
        /** Samples are of another stretch of time from now on. */
        BEGIN_EPOCH("epoch"),
        /** All guard samples were sent: judge by them. */
        END_GUARD("guard-end"),
        CLEAR_GUARD("guard-clear"),
        CLEAR_REPLAY("replay-clear");

        private final String word;

        Order(String word) {
            this.word = word;
        }
    }

    /** Where labelled samples go. */
    public enum Memory {
        GUARD("guard", "guardat"),
        REPLAY("replay", "replayat");

        private final String word;
        private final String offered;

        Memory(String word, String offered) {
            this.word = word;
            this.offered = offered;
        }
    }

    private final SmpClient client;
    private final BoardClient board;

    AdaptationClient(SmpClient client, BoardClient board) {
        this.client = client;
        this.board = board;
    }

    private SmpReply ask() throws IOException {
        return client.read(AdaptationCommands.GROUP, AdaptationCommands.STATUS, Map.of());
    }

    public AdaptationStatus status() throws IOException {
        return AdaptationStatus.of(ask());
    }

    /** The last events, oldest first; those of a kind that this host does not know are left out. */
    public List<AdaptationEvent> events() throws IOException {
        List<AdaptationEvent> events = new ArrayList<>();
        for (SmpReply event : ask().maps("events")) {
            int kind = event.integer("kind", Integer.MAX_VALUE);
            if (kind < Kind.values().length) {
                events.add(new AdaptationEvent(
                        event.integer("no"),
                        Kind.values()[kind],
                        event.integer("at"),
                        (int) event.integer("value"),
                        (int) event.integer("against")));
            }
        }
        return events;
    }

    /**
     * Gives the label of an input that the board answered before.
     *
     * @param number as {@link Inferences#numbers} has it
     * @return samples taken in all
     */
    public long label(long number, int label) throws IOException {
        return client.write(AdaptationCommands.GROUP, AdaptationCommands.LABEL, Map.of("id", number, "y", label))
                .integer("n");
    }

    /** Tells whether the board's answer to an input was right. */
    public long reward(long number, boolean wasRight) throws IOException {
        return client.write(AdaptationCommands.GROUP, AdaptationCommands.REWARD, Map.of("id", number, "ok", wasRight))
                .integer("n");
    }

    /**
     * Sends labelled samples that are not to be learned at once, in as many requests as they need.
     *
     * @param samples {@code labels.length} samples of the same size, one after another
     */
    public void send(Memory to, byte[] samples, byte[] labels) throws IOException {
        long at = ask().integer(to.offered);
        for (Map<String, Object> fields : board.requests(samples, labels)) {
            fields.put("to", to.word);
            fields.put("at", at);
            at = client.write(AdaptationCommands.GROUP, AdaptationCommands.SAMPLES, fields)
                    .integer("n");
        }
    }

    public void tell(Order order) throws IOException {
        client.write(AdaptationCommands.GROUP, AdaptationCommands.CONTROL, Map.of("op", order.word));
    }
}
