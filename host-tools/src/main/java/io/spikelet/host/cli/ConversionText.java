package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.convert.BurstNeurons;
import io.spikelet.host.convert.Conversion;
import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code convert} did, for a person or as JSON.
 *
 * @param conventional what the model answers to the samples, or null where there are none
 * @param spiking what the image answers, in integers; null likewise
 * @param adjusted how thresholds were raised, or null where none was to be
 * @param fidelity spikes beside activations; null without samples, and where spikes are not counted
 */
record ConversionText(
        Conversion conversion,
        SpikingNetwork network,
        Evaluation conventional,
        Evaluation spiking,
        AdjustmentText adjusted,
        RateFidelity fidelity) {

    String lines() {
        StringBuilder text = new StringBuilder();
        line(text, "thresholds            %s", conversion.rule());
        conversion.thresholds().forEach((node, threshold) -> line(text, "  %-20s%.5g", node, threshold));
        line(text, "time steps            %d", network.timeSteps());
        if (adjusted != null) {
            line(text, "%s", adjusted.lines());
        }
        conversion.bursts().ifPresent(bursts -> line(text, "spikes at once        %s", bursts.words()));
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
        if (fidelity != null) {
            line(
                    text,
                    "silent that fired     %.3f %% of the neurons whose activation is 0 (%d samples)",
                    100 * fidelity.silentThatFired(),
                    fidelity.samples());
            fidelity.layers()
                    .forEach(layer -> line(
                            text, "  %-20s%.3f %%", layer.name(), 100.0 * layer.fired() / Math.max(1, layer.silent())));
            line(
                    text,
                    "output error          %.5g mean squared; the model's outputs are %.5g",
                    fidelity.outputError(),
                    fidelity.outputPower());
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
            if (conversion.bursts().isPresent()) {
                fields.writeNumberField("burst", conversion.bursts().get().most());
            }
            if (conversion.bursts().flatMap(BurstNeurons::calibration).isPresent()) {
                SpikeCalibration calibration =
                        conversion.bursts().get().calibration().get();
                fields.writeNumberField("calibration_allowance", calibration.allowance());
                fields.writeStringField(
                        "calibration_rule", calibration.rule().name().toLowerCase(Locale.ROOT));
            }
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
            if (fidelity != null) {
                write(fields, fidelity);
            }
            fields.writeArrayFieldStart("notes");
            for (String warning : conversion.graph().warnings()) {
                fields.writeString(warning);
            }
            fields.writeEndArray();
        });
    }

    private static void write(JsonGenerator fields, RateFidelity fidelity) throws IOException {
        fields.writeObjectFieldStart("fidelity");
        fields.writeNumberField("samples", fidelity.samples());
        fields.writeNumberField("silent_that_fired", fidelity.silentThatFired());
        fields.writeNumberField("output_mean_squared_error", fidelity.outputError());
        fields.writeNumberField("output_mean_square", fidelity.outputPower());
        fields.writeEndObject();
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
