package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code evaluate} found, for a person or as JSON.
 *
 * @param samples their name
 * @param threads that shared them
 * @param integer what the image answered, or null
 * @param floating what the graph answered, or null; one of both is there
 */
record EvaluationText(String samples, int threads, Evaluation integer, Evaluation floating) {

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
        return text.toString().stripTrailing();
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
        });
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
