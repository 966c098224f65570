package io.spikelet.host.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Writes a {@link QuantisationReport} for a program. */
final class ReportJson {
    private final JsonGenerator json;

    private ReportJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(QuantisationReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            new ReportJson(json).write(report);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringWriter does not fail", impossible);
        }
        return text.toString();
    }

    private void write(QuantisationReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", report.name());
        json.writeStringField("profile", report.discretisation().profile());
        json.writeNumberField("dtSeconds", report.discretisation().dt());
        json.writeNumberField("timeSteps", report.timeSteps());
        json.writeStringField("encoder", report.encoder().word());
        json.writeNumberField("payloadBytes", report.payloadBytes());
        json.writeNumberField("parameters", report.parameters());
        json.writeStringField("calibration", report.calibration());
        evaluation("float", report.floating(), report.timeSteps());
        evaluation("integer", report.integer(), report.timeSteps());
        json.writeNumberField("sameClass", report.integer().agreementWith(report.floating()));
        CostJson costs = new CostJson(json, report.timeSteps());
        costs.payload(report.payload());
        costs.costs(report.costs());
        costs.energy(report.energyModel(), report.costs());
        if (report.firstDivergence().isPresent()) {
            json.writeStringField(
                    "firstDivergingLayer", report.firstDivergence().get().name());
        }
        json.writeArrayFieldStart("layers");
        for (LayerReport layer : report.layers()) {
            layer(layer, costs);
        }
        json.writeEndArray();
        if (report.advice().isPresent()) {
            new ChoiceJson(json).advice(report.advice().get());
        }
        if (report.plan().isPresent()) {
            new ChoiceJson(json).plan(report.plan().get());
        }
        json.writeArrayFieldStart("warnings");
        for (String warning : report.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void evaluation(String field, Evaluation evaluation, int timeSteps) throws IOException {
        Accuracy accuracy = evaluation.accuracy();
        json.writeObjectFieldStart(field);
        json.writeNumberField("correct", accuracy.correct());
        json.writeNumberField("count", accuracy.count());
        json.writeNumberField("accuracy", accuracy.share());
        json.writeNumberField("accuracyLow95", accuracy.interval().low());
        json.writeNumberField("accuracyHigh95", accuracy.interval().high());
        json.writeNumberField("spikesPerInference", evaluation.spikesPerInference());
        json.writeNumberField("spikesPerStep", evaluation.spikesPerInference() / timeSteps);
        if (!Double.isNaN(evaluation.operationsPerInference())) {
            json.writeNumberField("operationsPerInference", evaluation.operationsPerInference());
            json.writeNumberField("operationsPerStep", evaluation.operationsPerInference() / timeSteps);
        }
        json.writeEndObject();
    }

    private void layer(LayerReport layer, CostJson costs) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeStringField("kind", layer.kind());
        json.writeArrayFieldStart("shape");
        json.writeNumber(layer.shape().channels());
        json.writeNumber(layer.shape().height());
        json.writeNumber(layer.shape().width());
        json.writeEndArray();
        json.writeNumberField("parameters", layer.parameters());
        json.writeNumberField("bytes", layer.bytes());
        if (layer.weights().isPresent()) {
            LayerReport.Weights weights = layer.weights().get();
            json.writeStringField("weightKind", weights.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("scaleMinimum", weights.scaleMinimum());
            json.writeNumberField("scaleMaximum", weights.scaleMaximum());
            json.writeNumberField("saturated", weights.saturated());
        }
        if (layer.neurons().isPresent()) {
            neurons(layer.neurons().get());
        }
        if (layer.noise().isPresent()) {
            new SpikeJson(json).noise(layer.noise().get());
        }
        costs.activity(layer.activity());
        json.writeEndObject();
    }

    private void neurons(LayerReport.Neurons neurons) throws IOException {
        json.writeNumberField("thresholdLsb", neurons.threshold());
        json.writeNumberField("thresholdError", neurons.thresholdError());
        json.writeNumberField("leakError", neurons.leakError());
        json.writeNumberField("gainError", neurons.gainError());
        new SpikeJson(json).agreement(neurons.spikes());
    }
}
