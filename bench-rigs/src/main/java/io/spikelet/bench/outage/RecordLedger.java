package io.spikelet.bench.outage;

import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.NodeMetric;
import io.spikelet.telemetry.TelemetryMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a host has heard of one board, by the numbers of its records. Checks on the way what Sparkplug asks: a birth before
 * data, sequence numbers without a gap, aliases that a birth has named, timestamps that do not go back.
 */
public final class RecordLedger {
    private static final int SEQUENCE_NUMBERS = 256;
    private static final int VIOLATIONS_KEPT = 20;

    private final Map<Long, Integer> heard = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long highest;
    private long firstRecord;
    private long lastMade;
    private long dropped;
    private long births;
    private long messages;
    private long historical;
    private long duplicates;
    private long outOfOrder;
    private long sequence = -1;
    private long lastMillis;
    private double lastValue;

    /** Begins with nothing heard. */
    public RecordLedger() {
        // Nothing to prepare.
    }

    /** Takes an NBIRTH. */
    public synchronized void birth(TelemetryMessage birth) {
        births++;
        if (birth.sequence() != 0) {
            violation("a birth has seq " + birth.sequence());
        }
        sequence = 0;
        names.clear();
        for (TelemetryMessage.Entry entry : birth.entries()) {
            if (entry.alias() != 0 && names.put(entry.alias(), entry.name()) != null) {
                violation("alias " + entry.alias() + " twice in a birth");
            }
            if (entry.epochMillis() == 0) {
                violation(entry.name() + " has no timestamp in a birth");
            }
            if (entry.name().equals(NodeMetric.RECORD.wireName())) {
                lastMade = (Long) entry.value();
            }
            if (entry.name().equals(NodeMetric.DROPPED.wireName())) {
                dropped = (Long) entry.value();
            }
        }
    }

    /** Takes an NDATA. */
    public synchronized void data(TelemetryMessage data) {
        messages++;
        if (sequence >= 0 && data.sequence() != (sequence + 1) % SEQUENCE_NUMBERS) {
            violation("seq " + data.sequence() + " follows " + sequence);
        }
        if (sequence < 0) {
            violation("data before a birth");
        }
        sequence = data.sequence();
        for (TelemetryMessage.Entry entry : data.entries()) {
            String name = names.get(entry.alias());
            if (name == null || !entry.name().isEmpty()) {
                violation("data by name, or by an alias that no birth has: " + entry);
            } else if (name.equals(NodeMetric.RECORD.wireName())) {
                record(entry);
            } else if (name.equals(NodeMetric.DROPPED.wireName())) {
                dropped = (Long) entry.value();
            } else if (name.equals(BoardMetric.TEMPERATURE.wireName())) {
                value(entry);
            }
        }
    }

    private void record(TelemetryMessage.Entry entry) {
        long number = (Long) entry.value();
        if (heard.merge(number, 1, Integer::sum) > 1) {
            duplicates++;
            return;
        }
        historical += entry.historical() ? 1 : 0;
        firstRecord = heard.size() == 1 ? number : Math.min(firstRecord, number);
        outOfOrder += number < highest ? 1 : 0;
        if (number > highest && entry.epochMillis() < lastMillis) {
            violation("record " + number + " is dated before the one that came first");
        }
        lastMillis = Math.max(lastMillis, entry.epochMillis());
        highest = Math.max(highest, number);
    }

    /** The bench's temperature rises from record to record, so values prove what numbers say. */
    private void value(TelemetryMessage.Entry entry) {
        double value = (Double) entry.value();
        if (value < lastValue && heard.getOrDefault(highest, 1) == 1 && duplicates == 0 && outOfOrder == 0) {
            violation("the temperature fell from " + lastValue + " to " + value);
        }
        lastValue = value;
    }

    private void violation(String sentence) {
        if (violations.size() < VIOLATIONS_KEPT) {
            violations.add(sentence);
        }
    }

    /** The connection to the broker was lost: until the next birth nothing is known. */
    public synchronized void lost() {
        sequence = -1;
    }

    /** The number of the last record that was heard; 0 for none. */
    public synchronized long last() {
        return highest;
    }

    synchronized boolean hasAllThatWasMade() {
        return births > 0 && highest >= lastMade;
    }

    synchronized long births() {
        return births;
    }

    synchronized long records() {
        return heard.size();
    }

    /** The sum so far. */
    public synchronized Tally tally() {
        long made = highest == 0 ? 0 : Math.max(highest, lastMade) - firstRecord + 1;
        return new Tally(
                births,
                messages,
                made,
                heard.size(),
                historical,
                duplicates,
                made - heard.size(),
                dropped,
                outOfOrder,
                List.copyOf(violations));
    }

    /**
     * What a host has of one start of a board.
     *
     * @param made records that the board made, by their numbers
     * @param heard different records that came
     * @param historical of these, marked as such
     * @param duplicates records that came again
     * @param missing records that never came
     * @param declared records that the board says it dropped
     * @param violations of Sparkplug's rules, in words
     */
    public record Tally(
            long births,
            long messages,
            long made,
            long heard,
            long historical,
            long duplicates,
            long missing,
            long declared,
            long outOfOrder,
            List<String> violations) {
        /** Records missing beyond those that the board says it dropped. */
        public long undeclared() {
            return Math.max(0, missing - declared);
        }
    }
}
