package io.spikelet.bench.peers;

import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.bench.measure.Ratio;
import io.spikelet.bench.measure.Spread;
import io.spikelet.host.cli.Json;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.TextTable;
import java.util.List;
import java.util.Locale;

/** Trained networks side by side, as a table and as JSON. Times are µs of one inference. */
final class TrainedText {
    private TrainedText() {}

    static String table(List<TrainedPair.Answer> answers) {
        StringBuilder text = new StringBuilder();
        for (TrainedPair.Answer answer : answers) {
            text.append(answer.machine().sentence())
                    .append(String.format(
                            Locale.ROOT,
                            "%n%,d test images; spiking network: T = %d, %,.0f synaptic operations an inference%n",
                            answer.images(),
                            answer.timeSteps(),
                            answer.operations()));
            TextTable table =
                    new TextTable("contender", "accuracy", "median", "quartiles", "as fast as ours", "B allocated");
            for (int c = 0; c < answer.standings().size(); c++) {
                TrainedPair.Standing standing = answer.standings().get(c);
                Spread spread = standing.timing().spread();
                table.row(
                        name(answer, c),
                        accuracy(standing.correct(), answer.images()),
                        String.format(Locale.ROOT, "%.1f", spread.median()),
                        String.format(Locale.ROOT, "%.1f to %.1f", spread.low(), spread.high()),
                        PeersTable.ratio(againstOurs(answer, standing)),
                        String.format(Locale.ROOT, "%.0f", standing.timing().allocatedBytes()));
            }
            table.appendTo(text);
            text.append('\n');
        }
        PeersTable.floors(text, Floor.judgeTrained(answers));
        return text.toString();
    }

    private static String accuracy(int correct, int images) {
        Accuracy accuracy = new Accuracy(correct, images);
        return String.format(
                Locale.ROOT,
                "%.2f %% (%.2f to %.2f)",
                100 * accuracy.share(),
                100 * accuracy.interval().low(),
                100 * accuracy.interval().high());
    }

    static String json(List<TrainedPair.Answer> answers) {
        return Json.object(json -> {
            json.writeArrayFieldStart("trained");
            for (TrainedPair.Answer answer : answers) {
                json.writeStartObject();
                json.writeFieldName("machine");
                MeasureJson.machine(json, answer.machine());
                json.writeNumberField("images", answer.images());
                json.writeNumberField("time_steps", answer.timeSteps());
                json.writeNumberField("synaptic_operations", answer.operations());
                json.writeArrayFieldStart("contenders");
                for (int c = 0; c < answer.standings().size(); c++) {
                    TrainedPair.Standing standing = answer.standings().get(c);
                    json.writeStartObject();
                    json.writeStringField("name", name(answer, c));
                    json.writeNumberField("correct", standing.correct());
                    json.writeNumberField("accuracy", (double) standing.correct() / answer.images());
                    MeasureJson.timing(json, standing.timing());
                    MeasureJson.ratio(json, "times_as_fast_as_ours", againstOurs(answer, standing));
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            PeersJson.floors(json, Floor.judgeTrained(answers));
        });
    }

    private static String name(TrainedPair.Answer answer, int contender) {
        String name = answer.standings().get(contender).timing().name();
        return contender < answer.ours() ? "spikelet " + name : name;
    }

    /** Against our last family, which is the fastest there is. */
    private static Ratio againstOurs(TrainedPair.Answer answer, TrainedPair.Standing standing) {
        double[] ours = answer.standings().get(answer.ours() - 1).timing().micros();
        return Ratio.ofMedians(ours, standing.timing().micros());
    }
}
