package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.page.EvaluationPage;
import io.spikelet.host.page.MeasurementPage;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.CostJson;
import io.spikelet.host.report.CostText;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.ImageCosts;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.host.report.TextTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code evaluate} found, for a person or as JSON.
 *
 * @param samples their name
 * @param threads that shared them
 * @param integer what the image answered, or null
 * @param floating what the graph answered, or null; one of both is there
 * @param costs of the image layer by layer, or null where nobody asked
 * @param energyModel by which energy is estimated
 */
record EvaluationText(
        String samples,
        int threads,
        Evaluation integer,
        Evaluation floating,
        ImageCosts costs,
        EnergyModel energyModel) {

    String lines() {
        StringBuilder text = new StringBuilder("samples               " + samples + "\n");
        if (integer != null) {
            text.append("arithmetic            integer, as on the board\n");
            append(text, integer);
            line(text, "synaptic operations   %.0f per inference", integer.operationsPerInference());
        }
        if (floating != null) {
            text.append("arithmetic            float reference\n");
            append(text, floating);
        }
        if (integer != null && floating != null) {
            line(
                    text,
                    "integer - float       %+.2f points; the same class for %d of %d samples",
                    100 * (integer.accuracy().share() - floating.accuracy().share()),
                    integer.agreementWith(floating),
                    integer.predictions().length);
        }
        if (costs != null) {
            append(text, costs);
        }
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, ImageCosts costs) {
        line(text, "\nLayer by layer, on the first %d samples", costs.samples());
        CostText.append(text, costs.layers(), costs.costs(), costs.timeSteps());
        CostText.payload(text, costs.payload());
        CostText.energy(text, costs.costs(), costs.timeSteps());
        if (costs.comparison().isPresent()) {
            SpikeComparison comparison = costs.comparison().get();
            TextTable noise = new TextTable("layer", "of its own (dB)", "with all before (dB)");
            comparison
                    .noise()
                    .forEach((layer, one) ->
                            noise.row(layer, one.own().text(), one.whole().text()));
            if (!noise.isEmpty()) {
                text.append("\nSignal to noise of membranes before the compare, float against integers\n");
                noise.appendTo(text);
            }
            text.append("\nFirst spike that differs\n");
            for (SpikeAgreement layer : comparison.layers()) {
                line(
                        text,
                        "  %s: %s",
                        layer.layer(),
                        layer.first().map(SpikeAgreement.Divergence::sentence).orElse("none"));
            }
        }
    }

    /** @param name of the model */
    MeasurementPage page(String name) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        if (floating != null) {
            evaluations.put("float", floating);
        }
        if (integer != null) {
            evaluations.put("integers", integer);
        }
        return EvaluationPage.of(name, samples, evaluations, Optional.ofNullable(costs), energyModel);
    }

    private void append(StringBuilder text, Evaluation evaluation) {
        line(text, "accuracy              %s", evaluation.accuracy());
        line(text, "spikes                %.1f per inference", evaluation.spikesPerInference());
        line(
                text,
                "time                  %.3f ms per inference, median, here%s",
                evaluation.medianNanos() / 1e6,
                threads == 1 ? "" : ", " + threads + " at once");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String json() {
        return Json.object(fields -> {
            Evaluation first = integer == null ? floating : integer;
            fields.writeStringField("arithmetic", integer == null ? "float" : "integer");
            fields.writeStringField("data", samples);
            fields.writeNumberField("threads", threads);
            write(fields, first);
            if (integer != null && floating != null) {
                fields.writeObjectFieldStart("float");
                write(fields, floating);
                fields.writeEndObject();
                fields.writeNumberField("same_class", integer.agreementWith(floating));
            }
            if (costs != null) {
                writeCosts(fields);
            }
        });
    }

    /** In the words of the report of {@code quantise}. */
    private void writeCosts(JsonGenerator fields) throws IOException {
        fields.writeObjectFieldStart("report");
        fields.writeNumberField("samples", costs.samples());
        CostJson report = new CostJson(fields, costs.timeSteps());
        report.payload(costs.payload());
        report.costs(costs.costs());
        report.energy(energyModel, costs.costs());
        fields.writeArrayFieldStart("layers");
        for (LayerActivity layer : costs.layers()) {
            fields.writeStartObject();
            fields.writeStringField("name", layer.layer());
            report.activity(layer);
            if (costs.comparison().isPresent()) {
                report.comparison(layer.layer(), costs.comparison().get());
            }
            fields.writeEndObject();
        }
        fields.writeEndArray();
        fields.writeEndObject();
    }

    private static void write(JsonGenerator fields, Evaluation evaluation) throws IOException {
        Accuracy accuracy = evaluation.accuracy();
        fields.writeNumberField("accuracy", accuracy.share());
        fields.writeNumberField("accuracy_low", accuracy.interval().low());
        fields.writeNumberField("accuracy_high", accuracy.interval().high());
        fields.writeNumberField("correct", accuracy.correct());
        fields.writeNumberField("samples", accuracy.count());
        fields.writeNumberField("median_microseconds", evaluation.medianNanos() / 1e3);
        fields.writeNumberField("spikes_per_inference", evaluation.spikesPerInference());
        if (!Double.isNaN(evaluation.operationsPerInference())) {
            fields.writeNumberField("synaptic_operations_per_inference", evaluation.operationsPerInference());
        }
    }
}
