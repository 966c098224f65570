package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.engine.Offload;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.TextTable;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code offload} found, for a person or as JSON.
 *
 * @param verified by layer, when written; without those whose device failed
 * @param after the same behind the last sample
 * @param samples their name; empty where there were none
 * @param processor what the processor answered, or null
 * @param placed what the network answered with layers on devices, or null
 */
record OffloadText(
        SpikingNetwork network,
        Offload offload,
        Map<String, Optional<Verification>> verified,
        Map<String, Optional<Verification>> after,
        String samples,
        Evaluation processor,
        Evaluation placed) {

    /** Samples of which a score differs. */
    int differing() {
        int differing = 0;
        for (int i = 0; placed != null && i < placed.predictions().length; i++) {
            differing += Arrays.equals(placed.scores()[i], processor.scores()[i]) ? 0 : 1;
        }
        return differing;
    }

    /** Whether a device gave up, or holds other weights than when it was written. */
    boolean hasFailed() {
        return offload.failures().stream().anyMatch(Offload.Failure::gaveUp)
                || offload.placements().stream().anyMatch(this::hasChanged);
    }

    /** A weight that turned over meanwhile; what an analogue cell is off from the first on is no failure. */
    private boolean hasChanged(Offload.Placement placement) {
        return off(after, placement) > off(verified, placement);
    }

    /** Cells off; 0 where nothing could be read back, which is a failure of its own. */
    private static int off(Map<String, Optional<Verification>> found, Offload.Placement placement) {
        return found.getOrDefault(placement.name(), Optional.empty())
                .map(verification -> verification.failed().size())
                .orElse(0);
    }

    String lines() {
        StringBuilder text = new StringBuilder();
        TextTable table = new TextTable("layer", "on", "tiles", "cells off", "").endingInWords();
        for (Offload.Placement placement : offload.placements()) {
            table.row(
                    placement.name(),
                    placement.device().map(CoProcessor::name).orElse("processor"),
                    placement.device().isPresent() ? String.valueOf(offload.tiles(placement.layer())) : "",
                    placement.device().isPresent()
                            ? String.valueOf(off(verified, placement))
                            : "",
                    placement.device().isPresent() || placement.refusals().isEmpty() ? "" : reasons(placement));
        }
        table.appendTo(text);
        if (placed != null) {
            line(text, "%nsamples               %s", samples);
            line(text, "on the processor      %s", processor.accuracy());
            line(text, "on the devices        %s", placed.accuracy());
            line(text, "same class            %d of %d", placed.agreementWith(processor), placed.predictions().length);
            line(text, "a score differs       in %d samples", differing());
            work(text);
        }
        for (Offload.Placement placement : offload.placements()) {
            if (placement.device().isPresent() && !placement.device().get().health().canaries()) {
                line(text, "WARNING: the canaries of %s are gone; program it anew", placement.device().get().name());
            }
            if (hasChanged(placement)) {
                line(
                        text,
                        "FAILED: %s: %d cells are off behind the last sample, %d were when it was written",
                        placement.device().orElseThrow().name(),
                        off(after, placement),
                        off(verified, placement));
            }
        }
        for (Offload.Failure failure : offload.failures()) {
            line(
                    text,
                    "FAILED: %s, %s: %s",
                    failure.device().name(),
                    failure.gaveUp() ? "the processor took over" : "the sample was given anew",
                    failure.cause().getMessage());
        }
        return text.toString().stripTrailing();
    }

    /** Without the names of devices that say the same. */
    private static String reasons(Offload.Placement placement) {
        return placement.refusals().stream()
                .map(refusal -> refusal.substring(refusal.indexOf(": ") + 1).strip())
                .distinct()
                .limit(2)
                .collect(Collectors.joining("; "));
    }

    private void work(StringBuilder text) {
        TextTable table = new TextTable("device", "steps", "operations", "write pulses", "µJ/inference", "recoveries");
        for (Offload.Placement placement : offload.placements()) {
            if (placement.device().isPresent()) {
                CoProcessor device = placement.device().get();
                Counters counters = device.counters();
                Health health = device.health();
                table.row(
                        device.name(),
                        String.valueOf(counters.steps()),
                        String.valueOf(counters.operations()),
                        String.valueOf(counters.writePulses()),
                        Double.isNaN(counters.joules())
                                ? "no model"
                                : String.format(
                                        Locale.ROOT, "%.4f", counters.joules() * 1e6 / placed.predictions().length),
                        String.valueOf(health.recoveries()));
            }
        }
        if (!table.isEmpty()) {
            text.append("\nWork of devices since they were programmed; energy is modelled, writing included\n");
            table.appendTo(text);
        }
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String json() {
        return Json.object(fields -> {
            fields.writeStringField("network", network.name());
            fields.writeArrayFieldStart("layers");
            for (Offload.Placement placement : offload.placements()) {
                write(fields, placement);
            }
            fields.writeEndArray();
            if (placed != null) {
                fields.writeStringField("samples", samples);
                fields.writeNumberField(
                        "accuracy_processor", processor.accuracy().share());
                fields.writeNumberField("accuracy_devices", placed.accuracy().share());
                fields.writeNumberField("tested", placed.predictions().length);
                fields.writeNumberField("same_class", placed.agreementWith(processor));
                fields.writeNumberField("differing", differing());
            }
            fields.writeArrayFieldStart("failures");
            for (Offload.Failure failure : offload.failures()) {
                fields.writeStartObject();
                fields.writeStringField("device", failure.device().name());
                fields.writeStringField("kind", failure.cause().failure().name());
                fields.writeStringField("message", failure.cause().getMessage());
                fields.writeBooleanField("gave_up", failure.gaveUp());
                fields.writeEndObject();
            }
            fields.writeEndArray();
        });
    }

    private void write(JsonGenerator fields, Offload.Placement placement) throws IOException {
        fields.writeStartObject();
        fields.writeStringField("layer", placement.name());
        fields.writeArrayFieldStart("refusals");
        for (String refusal : placement.refusals()) {
            fields.writeString(refusal);
        }
        fields.writeEndArray();
        if (placement.device().isPresent()) {
            CoProcessor device = placement.device().get();
            Counters counters = device.counters();
            fields.writeStringField("device", device.name());
            fields.writeNumberField("tiles", offload.tiles(placement.layer()));
            fields.writeNumberField(
                    "cells_off", off(verified, placement));
            fields.writeNumberField("cells_off_after", off(after, placement));
            fields.writeBooleanField("canaries", device.health().canaries());
            fields.writeNumberField("steps", counters.steps());
            fields.writeNumberField("operations", counters.operations());
            fields.writeNumberField("write_pulses", counters.writePulses());
            if (!Double.isNaN(counters.joules())) {
                fields.writeNumberField("joules", counters.joules());
            }
            fields.writeNumberField("recoveries", device.health().recoveries());
        }
        fields.writeEndObject();
    }
}
