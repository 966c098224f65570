package io.spikelet.bench.metrics;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.cli.Json;
import io.spikelet.host.report.SynapticOperations;
import java.io.IOException;
import java.util.Locale;

/** An energy report for a program. */
final class EnergyJson {
    private EnergyJson() {}

    static String of(EnergyReport report) {
        return Json.object(json -> {
            ImageMetrics metrics = report.metrics();
            json.writeStringField("image", metrics.image());
            json.writeStringField("data", metrics.data());
            json.writeNumberField("samples", metrics.samples());
            json.writeNumberField("steps", metrics.steps());
            json.writeNumberField("timeSteps", metrics.network().timeSteps());
            if (report.has(EnergyMode.NEUROBENCH)) {
                metrics(json, metrics);
            }
            if (report.floating().isPresent()) {
                write(json, report.floating().get());
            }
            json.writeArrayFieldStart("modelledEnergy");
            for (ModelledEnergy energy : report.energies()) {
                write(json, energy);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sataTraining");
            for (SataEstimate estimate : report.training()) {
                write(json, estimate);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("devices");
            for (DeviceWork work : report.devices()) {
                write(json, work);
            }
            json.writeEndArray();
        });
    }

    private static void metrics(JsonGenerator json, ImageMetrics metrics) throws IOException {
        json.writeObjectFieldStart("neurobench");
        json.writeNumberField("footprintBytes", metrics.costs().footprint());
        json.writeNumberField("parameterBytes", metrics.costs().parameterBytes());
        json.writeNumberField("bufferBytes", metrics.costs().stateBytes());
        share(json, "connectionSparsity", metrics.costs().connectionSparsity());
        json.writeNumberField("activations", metrics.activations());
        json.writeNumberField("zeroActivations", metrics.silentActivations());
        share(json, "activationSparsity", (double) metrics.silentActivations() / metrics.activations());
        operations(json, "perSample", metrics.neuroBench().dividedBy(metrics.samples()));
        operations(json, "perStep", metrics.neuroBench().dividedBy(metrics.steps()));
        operations(json, "runPerSample", metrics.run().dividedBy(metrics.samples()));
        operations(json, "runPerStep", metrics.run().dividedBy(metrics.steps()));
        json.writeNumberField("membraneUpdatesPerSample", (double) metrics.membranesChanged() / metrics.samples());
        json.writeNumberField("membraneUpdatesPerStep", (double) metrics.membranesChanged() / metrics.steps());
        json.writeNumberField("membranesComputedPerSample", (double) metrics.membraneUpdates() / metrics.samples());
        json.writeArrayFieldStart("layers");
        for (LayerMetrics layer : metrics.layers()) {
            json.writeStartObject();
            json.writeStringField("name", layer.name());
            json.writeStringField("kind", layer.counting().kind());
            json.writeBooleanField("counted", layer.counting().isCounted());
            json.writeStringField("rule", layer.counting().rule());
            if (layer.hasOperations()) {
                operations(json, "perSample", layer.neuroBenchPerSample());
                operations(json, "perStep", layer.neuroBenchPerStep());
                operations(json, "runPerSample", layer.runPerSample());
                share(json, "inputSparsity", layer.work().inputSparsity());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FloatMetrics metrics) throws IOException {
        json.writeObjectFieldStart("float");
        json.writeStringField("graph", metrics.graph());
        json.writeNumberField("parameterBytes", metrics.parameterBytes());
        json.writeNumberField("bufferBytes", metrics.stateBytes());
        share(json, "connectionSparsity", (double) metrics.zeroWeights() / metrics.weights());
        share(json, "activationSparsity", (double) metrics.silentActivations() / metrics.activations());
        operations(json, "perSample", metrics.operations().dividedBy(metrics.samples()));
        operations(json, "perStep", metrics.operations().dividedBy(metrics.steps()));
        json.writeEndObject();
    }

    private static void operations(JsonGenerator json, String field, SynapticOperations operations) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("dense", operations.dense());
        json.writeNumberField("effectiveAcs", operations.accumulates());
        json.writeNumberField("effectiveMacs", operations.multiplies());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ModelledEnergy energy) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", energy.model());
        json.writeNumberField("microjoulesPerInference", energy.microjoules());
        json.writeObjectFieldStart("parts");
        for (ModelledEnergy.Part part : energy.parts()) {
            json.writeNumberField(part.name(), part.microjoules());
        }
        json.writeEndObject();
        json.writeStringField("source", energy.source());
        json.writeStringField("leavesOut", energy.leavesOut());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SataEstimate estimate) throws IOException {
        json.writeStartObject();
        json.writeStringField("mode", estimate.mode().word());
        json.writeStringField("learning", estimate.learning().word());
        json.writeNumberField("steps", estimate.steps());
        json.writeNumberField("gradientSparsityAssumed", estimate.gradientSparsity());
        for (SataTerm.Phase phase : SataTerm.Phase.values()) {
            json.writeNumberField(
                    phase.name().toLowerCase(Locale.ROOT) + "MacUnits", SataEstimate.macUnits(estimate.of(phase)));
        }
        json.writeNumberField("totalMacUnits", SataEstimate.macUnits(estimate.total()));
        json.writeNumberField("weightDramMacUnits", SataEstimate.macUnits(estimate.weightDram()));
        json.writeNumberField("microjoules", estimate.total() * 1e-6);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, DeviceWork work) throws IOException {
        json.writeStartObject();
        json.writeStringField("layer", work.layer());
        json.writeBooleanField("placed", work.isPlaced());
        json.writeStringField(work.isPlaced() ? "device" : "reason", work.device());
        if (work.isPlaced()) {
            json.writeNumberField("steps", work.counts().steps());
            json.writeNumberField("inputEvents", work.counts().inputEvents());
            json.writeNumberField("operations", work.counts().operations());
            share(json, "microjoulesPerInference", work.microjoules());
        }
        json.writeEndObject();
    }

    /** What nobody knows is null. */
    private static void share(JsonGenerator json, String field, double value) throws IOException {
        json.writeFieldName(field);
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }
}
