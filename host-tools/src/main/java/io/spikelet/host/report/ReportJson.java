package io.spikelet.host.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

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
        json.writeArrayFieldStart("layers");
        for (LayerReport layer : report.layers()) {
            layer(layer);
        }
        json.writeEndArray();
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

    private void layer(LayerReport layer) throws IOException {
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
            json.writeStringField("weightKind", weights.kind().name().toLowerCase(java.util.Locale.ROOT));
            json.writeNumberField("scaleMinimum", weights.scaleMinimum());
            json.writeNumberField("scaleMaximum", weights.scaleMaximum());
            json.writeNumberField("saturated", weights.saturated());
        }
        if (layer.neurons().isPresent()) {
            neurons(layer.neurons().get());
        }
        json.writeEndObject();
    }

    private void neurons(LayerReport.Neurons neurons) throws IOException {
        json.writeNumberField("thresholdLsb", neurons.threshold());
        json.writeNumberField("thresholdError", neurons.thresholdError());
        json.writeNumberField("leakError", neurons.leakError());
        json.writeNumberField("gainError", neurons.gainError());
        json.writeNumberField("membraneMaximumLsb", neurons.membraneMaximum());
        SpikeAgreement spikes = neurons.spikes();
        json.writeNumberField("floatRate", spikes.floatRate());
        json.writeNumberField("integerRate", spikes.integerRate());
        json.writeNumberField("agreement", spikes.agreement());
        json.writeNumberField("spikesInCommon", spikes.spikesInCommon());
        if (spikes.first().isPresent()) {
            SpikeAgreement.Divergence first = spikes.first().get();
            json.writeObjectFieldStart("firstDivergence");
            json.writeNumberField("sample", first.sample());
            json.writeNumberField("step", first.step());
            json.writeNumberField("neuron", first.neuron());
            json.writeStringField("fired", first.floatFired() ? "float" : "integer");
            if (!first.floatFired()) {
                json.writeNumberField("floatMembrane", first.floatMembrane());
            }
            json.writeNumberField("integerMembrane", first.integerMembrane());
            json.writeNumberField("threshold", first.threshold());
            json.writeEndObject();
        }
    }
}
