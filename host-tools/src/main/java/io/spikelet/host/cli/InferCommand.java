package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.report.Accuracy;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet infer}: lets a board classify samples. */
@Command(
        name = "infer",
        description = "Let a board classify samples, and show its accuracy and costs.",
        footer = {
            "",
            "Examples:",
            "  spikelet infer --to serial:/dev/ttyACM0 --data digits.h5",
            "  spikelet infer --to serial:/dev/ttyACM0 --data digits.h5 --against digits.img",
            "  spikelet infer --to serial:/dev/ttyACM0 --data today.h5 --split scans --no-labels"
        })
final class InferCommand implements Callable<Integer> {
    @Mixin
    private BoardOption board;

    @Mixin
    private SamplesOption samplesOption;

    @Option(names = "--each", description = "Also print a line for each sample: number, class, scores.")
    private boolean each;

    @Option(
            names = "--no-labels",
            description = "The samples have no labels: print the class of each, and no accuracy.")
    private boolean unlabelled;

    @Option(
            names = "--against",
            paramLabel = "IMAGE",
            description =
                    "Predict with this image on the host too; exit code 1 unless the board answers every score and"
                            + " output spike alike.")
    private Path against;

    @Option(names = "--json", description = "Print one JSON object, with the class of every sample.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    InferCommand() {}

    @Override
    public Integer call() throws Exception {
        SampleSet samples = unlabelled ? samplesOption.readUnlabelled() : samplesOption.read();
        Inferences answers;
        try (BoardClient client = board.open()) {
            SamplesOption.requireFit(client, samples);
            // With labels, the board's own telemetry counts its accuracy.
            answers = client.infer(samples.samples(), samples.count(), unlabelled ? null : samples.labels());
        }
        if (json) {
            spec.commandLine().getOut().println(Json.object(fields -> write(fields, samples, answers)));
        } else {
            print(samples, answers);
        }
        return against == null || agrees(samples, answers) ? 0 : 1;
    }

    private boolean agrees(SampleSet samples, Inferences answers) throws IOException, MalformedDataException {
        Classifier host = Classifier.load(ImageFile.network(against, ImageFile.read(against)), Kernels.BEST);
        Inference predicted = Inference.forNetwork(host.network());
        long disagreeing = 0;
        for (int i = 0; i < samples.count(); i++) {
            host.infer(samples.samples(), samples.offset(i), predicted);
            disagreeing += answers.agrees(i, predicted) ? 0 : 1;
        }
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .println(
                            disagreeing == 0
                                    ? "host and board       agree in every output spike of " + samples.count()
                                            + " samples"
                                    : "host and board       differ in " + disagreeing + " of " + samples.count()
                                            + " samples");
        }
        return disagreeing == 0;
    }

    private static Accuracy accuracy(SampleSet samples, Inferences answers) {
        int correct = 0;
        for (int i = 0; i < samples.count(); i++) {
            correct += answers.classes()[i] == samples.label(i) ? 1 : 0;
        }
        return new Accuracy(correct, samples.count());
    }

    private void write(JsonGenerator fields, SampleSet samples, Inferences answers) throws IOException {
        if (!unlabelled) {
            fields.writeNumberField("accuracy", accuracy(samples, answers).share());
        }
        fields.writeNumberField("samples", samples.count());
        fields.writeNumberField("median_microseconds", median(answers.nanos()) / 1000.0);
        fields.writeNumberField("spikes_per_inference", mean(answers.spikes()));
        fields.writeNumberField("synaptic_operations_per_inference", mean(answers.synapticOperations()));
        fields.writeFieldName("classes");
        fields.writeArray(answers.classes(), 0, answers.classes().length);
    }

    private void print(SampleSet samples, Inferences answers) {
        PrintWriter out = spec.commandLine().getOut();
        if (each || unlabelled) {
            for (int i = 0; i < samples.count(); i++) {
                out.println("sample " + i + (unlabelled ? "" : ", label " + samples.label(i)) + ": class "
                        + answers.classes()[i] + ", scores " + Arrays.toString(answers.scores()[i])
                        + (answers.numbers()[i] < 0 ? "" : ", id " + answers.numbers()[i]));
            }
        }
        if (!unlabelled) {
            out.println("accuracy              " + accuracy(samples, answers));
        }
        out.printf(
                Locale.ROOT, "inference             %.1f µs on the board, median%n", median(answers.nanos()) / 1000.0);
        out.printf(Locale.ROOT, "spikes                %.1f per inference%n", mean(answers.spikes()));
        out.printf(Locale.ROOT, "synaptic operations   %.0f per inference%n", mean(answers.synapticOperations()));
    }

    private static double mean(long[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
