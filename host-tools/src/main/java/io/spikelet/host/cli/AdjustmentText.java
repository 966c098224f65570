package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.convert.ThresholdAdjustment;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.TextTable;
import java.io.IOException;
import java.util.Locale;

/**
 * What adjusting thresholds did, for a person or as JSON.
 *
 * @param before what the image would answer without it, in integers
 */
record AdjustmentText(ThresholdAdjustment.Outcome outcome, Evaluation before) {

    String lines() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "noisy neurons, which fire where the activation is 0, on %d samples; tolerated %s %%%n",
                outcome.samples(),
                number(100 * outcome.ratio())));
        TextTable table = new TextTable("  layer", "noisy before", "after", "threshold before", "after", "rose by");
        for (ThresholdAdjustment.Layer layer : outcome.layers()) {
            table.row(
                    "  " + layer.activation(),
                    percent(layer.noisyBefore()),
                    percent(layer.noisyAfter()),
                    number(layer.thresholdBefore()),
                    number(layer.thresholdAfter()),
                    layer.raises() + " %");
        }
        table.appendTo(text);
        text.append(String.format(Locale.ROOT, "before adjusting      %s", before.accuracy()));
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }

    void write(JsonGenerator fields) throws IOException {
        fields.writeObjectFieldStart("adjustment");
        fields.writeNumberField("samples", outcome.samples());
        fields.writeNumberField("noisy_ratio", outcome.ratio());
        fields.writeNumberField("accuracy_before", before.accuracy().share());
        fields.writeArrayFieldStart("layers");
        for (ThresholdAdjustment.Layer layer : outcome.layers()) {
            fields.writeStartObject();
            fields.writeStringField("layer", layer.activation());
            fields.writeNumberField("noisy_before", layer.noisyBefore());
            fields.writeNumberField("noisy_after", layer.noisyAfter());
            fields.writeNumberField("threshold_before", layer.thresholdBefore());
            fields.writeNumberField("threshold_after", layer.thresholdAfter());
            fields.writeNumberField("raises", layer.raises());
            fields.writeEndObject();
        }
        fields.writeEndArray();
        fields.writeEndObject();
    }
}
