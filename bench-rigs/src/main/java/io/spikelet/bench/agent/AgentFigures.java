package io.spikelet.bench.agent;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.bench.measure.Spread;
import io.spikelet.host.cli.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What was measured of one installation.
 *
 * @param machine where
 * @param tree what, for people: the root, the kind of start, the emulator
 * @param starts of each kind
 * @param cold milliseconds from process to first answer without a cache of classes
 * @param cached the same with one
 * @param inferences before memory was read
 * @param agreeing answers that are the host's own, of those inferences
 * @param nanos of an inference on the board
 * @param residentBytes after them, a while later; empty under an emulator, whose own memory would be counted
 * @param installedBytes on disk with Java and cache
 */
record AgentFigures(
        Machine machine,
        String tree,
        int starts,
        Spread cold,
        Spread cached,
        int inferences,
        int agreeing,
        Spread nanos,
        Optional<Long> residentBytes,
        long installedBytes) {
    /** The agent with the demo's model, and its installation, stay within these. */
    static final long MOST_RESIDENT = 64_000_000;

    static final long MOST_INSTALLED = 60_000_000;

    private static final double MEGA = 1e6;

    boolean holds() {
        return agreeing == inferences && residentBytes.orElse(0L) <= MOST_RESIDENT && installedBytes <= MOST_INSTALLED;
    }

    String text() {
        return machine.sentence() + "\n" + tree + "\n\n"
                + row("process to first answer", millis(cold) + "  without a cache of classes")
                + row("", millis(cached) + "  with it (" + starts + " starts each, median and quartiles)")
                + row("answers", agreeing + " of " + inferences + " are the host's, each output spike")
                + row(
                        "an inference, on the board",
                        String.format(
                                Locale.ROOT,
                                "%.3f ms (%.3f to %.3f)",
                                nanos.median() / MEGA,
                                nanos.low() / MEGA,
                                nanos.high() / MEGA))
                + row(
                        "resident",
                        residentBytes
                                .map(bytes -> megabytes(bytes, MOST_RESIDENT))
                                .orElse("not measured: the emulator's own memory would be counted"))
                + row("installed, with Java and cache", megabytes(installedBytes, MOST_INSTALLED));
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "%-32s%s%n", name, value);
    }

    private static String millis(Spread spread) {
        return String.format(Locale.ROOT, "%.0f ms (%.0f to %.0f)", spread.median(), spread.low(), spread.high());
    }

    private static String megabytes(long bytes, long most) {
        return String.format(
                Locale.ROOT,
                "%.1f MB of at most %.0f: %s",
                bytes / MEGA,
                most / MEGA,
                bytes <= most ? "holds" : "DOES NOT HOLD");
    }

    String json() throws IOException {
        return Json.object(json -> {
            json.writeFieldName("machine");
            MeasureJson.machine(json, machine);
            json.writeStringField("installation", tree);
            json.writeNumberField("starts", starts);
            json.writeObjectFieldStart("first_answer_milliseconds");
            MeasureJson.spread(json, cold);
            json.writeEndObject();
            json.writeObjectFieldStart("first_answer_milliseconds_with_cache");
            MeasureJson.spread(json, cached);
            json.writeEndObject();
            json.writeNumberField("inferences", inferences);
            json.writeNumberField("agreeing", agreeing);
            json.writeObjectFieldStart("inference_nanoseconds");
            MeasureJson.spread(json, nanos);
            json.writeEndObject();
            if (residentBytes.isPresent()) {
                json.writeNumberField("resident_bytes", residentBytes.get());
            }
            json.writeNumberField("installed_bytes", installedBytes);
            json.writeBooleanField("holds", holds());
        });
    }
}
