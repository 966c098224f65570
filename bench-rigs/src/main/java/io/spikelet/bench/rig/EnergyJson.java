package io.spikelet.bench.rig;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.energy.BudgetPart;
import io.spikelet.bench.energy.Finding;
import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.IntervalPart;
import io.spikelet.bench.energy.WindowEnergy;
import io.spikelet.bench.metrics.ModelledEnergy;
import io.spikelet.hal.meter.MeterTraits;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The energy of a run as a field of the JSON object that is open. */
final class EnergyJson {
    private EnergyJson() {}

    static void write(JsonGenerator json, EnergyOutcome energy) throws IOException {
        json.writeObjectFieldStart("energy");
        json.writeBooleanField("refused", energy.result().refused());
        json.writeBooleanField("simulated", energy.simulated());
        json.writeBooleanField("whole_machine", energy.wholeMachine());
        if (energy.microjoules().isPresent()) {
            interval(json, "microjoules_per_inference", energy.microjoules().get());
        }
        if (energy.result().instruments().isPresent()) {
            interval(json, "by_instruments_alone", energy.result().instruments().get());
        }
        json.writeArrayFieldStart("interval_parts");
        for (IntervalPart part : energy.result().parts()) {
            json.writeStartObject();
            json.writeStringField("part", part.group().words());
            json.writeStringField("owed_by", part.group().isBoards() ? "board" : "instruments");
            json.writeNumberField("width_microjoules", part.width());
            json.writeNumberField("width_percent", 100 * part.relative());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("idle_subtracted", energy.idleSubtracted());
        RunJson.number(json, "idle_watts", energy.idleWatts());
        json.writeStringField("cut", energy.result().method().name().toLowerCase(Locale.ROOT));
        json.writeStringField("cut_words", energy.cut());
        meter(json, energy);
        json.writeArrayFieldStart("budget");
        for (BudgetPart part : energy.result().budget()) {
            json.writeStartObject();
            json.writeStringField("source", part.source().words());
            RunJson.number(json, "standard_microjoules", part.standard());
            RunJson.number(json, "share", part.share());
            json.writeBooleanField("common", part.common());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("windows");
        for (WindowEnergy window : energy.result().windows()) {
            window(json, window);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding finding : energy.result().findings()) {
            json.writeStartObject();
            json.writeStringField("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            json.writeBooleanField("refuses", finding.refuses());
            json.writeNumberField("window", finding.window());
            json.writeStringField("sentence", finding.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void meter(JsonGenerator json, EnergyOutcome energy) throws IOException {
        MeterTraits traits = energy.traits();
        json.writeObjectFieldStart("meter");
        json.writeStringField("name", traits.name());
        json.writeStringField("source", traits.source());
        json.writeStringField("why", energy.why());
        json.writeNumberField("samples_per_second", traits.samplesPerSecond());
        json.writeBooleanField("means", traits.means());
        json.writeNumberField("gain", traits.accuracy().gain());
        json.writeNumberField("offset_watts", traits.accuracy().offsetWatts());
        json.writeNumberField("resolution_watts", traits.accuracy().resolutionWatts());
        json.writeNumberField("clock_ppm", traits.clockPpm());
        json.writeNumberField("digital_inputs", traits.digitalInputs());
        RunJson.number(json, "maximum_amps", traits.maximumAmps());
        json.writeNumberField("samples", energy.counts().samples());
        json.writeNumberField("lost", energy.counts().lost());
        json.writeNumberField("broken", energy.counts().broken());
        json.writeNumberField("range_switches", energy.counts().rangeSwitches());
        json.writeEndObject();
    }

    private static void window(JsonGenerator json, WindowEnergy window) throws IOException {
        json.writeStartObject();
        json.writeNumberField("from_s", window.cut().fromNanos() * 1e-9);
        json.writeNumberField("to_s", window.cut().toNanos() * 1e-9);
        json.writeNumberField("inferences", window.board().inferences());
        json.writeNumberField("samples", window.samples());
        json.writeNumberField("watts", window.watts());
        json.writeNumberField("joules", window.joules());
        json.writeNumberField("microjoules_per_inference", window.microjoules());
        json.writeBooleanField("refused", window.refused());
        json.writeEndObject();
    }

    /** Estimates stand in an object of their own, each with its model's name. */
    static void models(JsonGenerator json, BesideModels models, Optional<EnergyOutcome> energy) throws IOException {
        json.writeObjectFieldStart("modelled");
        json.writeNumberField("samples", models.samples());
        json.writeArrayFieldStart("models");
        for (ModelledEnergy model : models.models()) {
            json.writeStartObject();
            json.writeStringField("model", model.model());
            json.writeNumberField("microjoules_per_inference", model.microjoules());
            OptionalDouble ratio = BesideModels.ratio(model, energy);
            if (ratio.isPresent()) {
                json.writeNumberField("measured_over_modelled", ratio.getAsDouble());
            }
            json.writeStringField("source", model.source());
            json.writeStringField("leaves_out", model.leavesOut());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void interval(JsonGenerator json, String field, Interval interval) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("value", interval.value());
        json.writeNumberField("low", interval.low());
        json.writeNumberField("high", interval.high());
        json.writeNumberField("level", interval.level());
        json.writeEndObject();
    }
}
