package io.spikelet.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a host commands by NCMD, or why that cannot be done. */
sealed interface NodeCommand {

    /** Why a command is refused. */
    enum Refusal {
        MALFORMED,
        TOO_LONG,
        UNKNOWN_METRIC,
        NOT_WRITABLE,
        WRONG_TYPE,
        OUT_OF_RANGE
    }

    /** Give birth again. */
    record Rebirth() implements NodeCommand {}

    record SetDeadBands(DeadBands bands) implements NodeCommand {}

    /** The host has all records up to this number. */
    record Received(long number) implements NodeCommand {}

    /** @param why a sentence, with what the host sent where that helps */
    record Refused(Refusal kind, String why) implements NodeCommand {
        String text() {
            return "refused (" + kind + "): " + why;
        }
    }

    int MAX_BYTES = 4096;
    int MAX_METRICS = 16;

    /** Reads a payload: one command a metric, in their order. */
    static List<NodeCommand> parse(byte[] payload) {
        if (payload.length > MAX_BYTES) {
            return List.of(
                    new Refused(Refusal.TOO_LONG, payload.length + " bytes; a command has at most " + MAX_BYTES));
        }
        List<Metric> metrics;
        try {
            metrics = Payload.parseFrom(payload).getMetricsList();
        } catch (InvalidProtocolBufferException e) {
            return List.of(new Refused(Refusal.MALFORMED, "this is no Sparkplug B payload"));
        }
        if (metrics.isEmpty()) {
            return List.of(new Refused(Refusal.MALFORMED, "the payload has no metric"));
        }
        if (metrics.size() > MAX_METRICS) {
            return List.of(
                    new Refused(Refusal.TOO_LONG, metrics.size() + " metrics; a command has at most " + MAX_METRICS));
        }
        List<NodeCommand> commands = new ArrayList<>();
        metrics.forEach(metric -> commands.add(of(metric)));
        return commands;
    }

    private static NodeCommand of(Metric metric) {
        Optional<NodeMetric> named = metric.hasName()
                ? NodeMetric.ofWireName(metric.getName())
                : metric.hasAlias() ? NodeMetric.ofAlias(metric.getAlias()) : Optional.empty();
        if (named.isEmpty()) {
            return unknown(metric);
        }
        NodeMetric what = named.get();
        if (!what.isWritable()) {
            return new Refused(Refusal.NOT_WRITABLE, what.wireName() + " is told, not set");
        }
        return switch (what) {
            case REBIRTH -> rebirth(metric);
            case DEAD_BANDS -> deadBands(metric);
            default -> received(metric);
        };
    }

    private static NodeCommand unknown(Metric metric) {
        Optional<BoardMetric> told = metric.hasName()
                ? BoardMetric.ofWireName(metric.getName())
                : metric.hasAlias() && metric.getAlias() >= 1 && metric.getAlias() <= BoardMetric.values().length
                        ? Optional.of(BoardMetric.values()[(int) metric.getAlias() - 1])
                        : Optional.empty();
        if (told.isPresent()) {
            return new Refused(Refusal.NOT_WRITABLE, told.get().wireName() + " is told, not set");
        }
        return new Refused(
                Refusal.UNKNOWN_METRIC,
                metric.hasName()
                        ? "there is no metric \"" + printable(metric.getName()) + "\""
                        : metric.hasAlias()
                                ? "there is no alias " + Long.toUnsignedString(metric.getAlias())
                                : "a command has a name or an alias");
    }

    private static NodeCommand rebirth(Metric metric) {
        if (!metric.hasBooleanValue()) {
            return wrongType(NodeMetric.REBIRTH);
        }
        return metric.getBooleanValue()
                ? new Rebirth()
                : new Refused(Refusal.OUT_OF_RANGE, NodeMetric.REBIRTH.wireName() + " asks for a birth when true");
    }

    private static NodeCommand deadBands(Metric metric) {
        if (!metric.hasStringValue()) {
            return wrongType(NodeMetric.DEAD_BANDS);
        }
        try {
            return new SetDeadBands(DeadBands.parse(metric.getStringValue()));
        } catch (IllegalArgumentException e) {
            return new Refused(Refusal.OUT_OF_RANGE, printable(e.getMessage()));
        }
    }

    private static NodeCommand received(Metric metric) {
        if (metric.hasIntValue()) {
            return new Received(Integer.toUnsignedLong(metric.getIntValue()));
        }
        if (!metric.hasLongValue()) {
            return wrongType(NodeMetric.RECEIVED);
        }
        return metric.getLongValue() < 0
                ? new Refused(Refusal.OUT_OF_RANGE, "no record has a number that large")
                : new Received(metric.getLongValue());
    }

    private static Refused wrongType(NodeMetric metric) {
        return new Refused(Refusal.WRONG_TYPE, metric.wireName() + " is a " + metric.datatype());
    }

    /** Of a host's text only what a log and a terminal can take. */
    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > 120 ? shown.substring(0, 120) + "…" : shown;
    }
}
