package io.spikelet.host.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.model.WeightKind;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Advice and plan for a program.
 *
 * @param json in the middle of an object
 */
record ChoiceJson(JsonGenerator json) {

    void advice(Advice advice) throws IOException {
        json.writeArrayFieldStart("advice");
        for (KindTrial trial : advice.trials()) {
            json.writeStartObject();
            json.writeStringField("layer", trial.layer());
            json.writeStringField("from", word(trial.from()));
            json.writeStringField("to", word(trial.to()));
            json.writeNumberField("bytesSaved", trial.bytesSaved());
            loss("loss", trial.loss());
            json.writeNumberField("weightError", trial.weightError());
            json.writeStringField("sentence", trial.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notTried");
        for (String sentence : advice.untried()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
    }

    void plan(MixedPlan plan) throws IOException {
        json.writeObjectFieldStart("plan");
        json.writeNumberField("budgetBytes", plan.budget());
        json.writeStringField("by", plan.basis().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("chosen", plan.chosen());
        json.writeArrayFieldStart("points");
        for (MixedPlan.Point point : plan.points()) {
            json.writeStartObject();
            json.writeStringField("step", point.step());
            json.writeNumberField("bytes", point.bytes());
            if (plan.basis() == MixedPlan.Basis.MEASURED) {
                json.writeNumberField("predictedLossPoints", point.predictedPoints());
            }
            json.writeNumberField("weightError", point.weightError());
            loss("measuredLoss", point.measured());
            json.writeObjectFieldStart("kinds");
            for (Map.Entry<String, WeightKind> kind : point.kinds().entrySet()) {
                json.writeStringField(kind.getKey(), word(kind.getValue()));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void loss(String field, PairedDifference loss) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("points", loss.points());
        json.writeNumberField("low95", loss.interval().low());
        json.writeNumberField("high95", loss.interval().high());
        json.writeNumberField("lost", loss.lost());
        json.writeNumberField("won", loss.won());
        json.writeNumberField("count", loss.count());
        json.writeEndObject();
    }

    private static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
