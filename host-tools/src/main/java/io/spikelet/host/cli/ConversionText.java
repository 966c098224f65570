package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.convert.Conversion;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code convert} did, for a person or as JSON.
 *
 * @param conventional what the model answers to the samples, or null where there are none
 * @param spiking what the image answers, in integers; null likewise
 * @param adjusted how thresholds were raised, or null where none was to be
 */
record ConversionText(
        Conversion conversion,
        SpikingNetwork network,
        Evaluation conventional,
        Evaluation spiking,
        AdjustmentText adjusted) {

    String lines() {
        StringBuilder text = new StringBuilder();
        line(text, "thresholds            %s", conversion.rule());
        conversion.thresholds().forEach((node, threshold) -> line(text, "  %-20s%.5g", node, threshold));
        line(text, "time steps            %d", network.timeSteps());
        if (adjusted != null) {
            line(text, "%s", adjusted.lines());
        }
        if (conventional != null) {
            line(text, "conventional          %s", conventional.accuracy());
            line(text, "spiking, integer      %s", spiking.accuracy());
            line(
                    text,
                    "difference            %+.2f points; the same class for %d of %d samples",
                    100 * (spiking.accuracy().share() - conventional.accuracy().share()),
                    spiking.agreementWith(conventional),
                    spiking.predictions().length);
            line(text, "spikes                %.1f per inference", spiking.spikesPerInference());
            line(text, "synaptic operations   %.0f per inference", spiking.operationsPerInference());
        }
        conversion.graph().warnings().forEach(warning -> line(text, "note: %s", warning));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String json() {
        return Json.object(fields -> {
            fields.writeStringField("thresholds_rule", conversion.rule());
            fields.writeObjectFieldStart("thresholds");
            for (var entry : conversion.thresholds().entrySet()) {
                fields.writeNumberField(entry.getKey(), entry.getValue());
            }
            fields.writeEndObject();
            fields.writeNumberField("time_steps", network.timeSteps());
            if (conventional != null) {
                write(fields, "conventional", conventional.accuracy());
                write(fields, "spiking", spiking.accuracy());
                fields.writeNumberField("same_class", spiking.agreementWith(conventional));
                fields.writeNumberField("spikes_per_inference", spiking.spikesPerInference());
                fields.writeNumberField("synaptic_operations_per_inference", spiking.operationsPerInference());
            }
            if (adjusted != null) {
                adjusted.write(fields);
            }
            fields.writeArrayFieldStart("notes");
            for (String warning : conversion.graph().warnings()) {
                fields.writeString(warning);
            }
            fields.writeEndArray();
        });
    }

    private static void write(JsonGenerator fields, String what, Accuracy accuracy) throws IOException {
        fields.writeObjectFieldStart(what);
        fields.writeNumberField("accuracy", accuracy.share());
        fields.writeNumberField("accuracy_low", accuracy.interval().low());
        fields.writeNumberField("accuracy_high", accuracy.interval().high());
        fields.writeNumberField("correct", accuracy.correct());
        fields.writeNumberField("samples", accuracy.count());
        fields.writeEndObject();
    }
}
