package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.report.Accuracy;
import java.io.PrintWriter;
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
        footer = {"", "Example:", "  spikelet infer --to serial:/dev/ttyACM0 --data digits.h5"})
final class InferCommand implements Callable<Integer> {
    @Mixin
    private BoardOption board;

    @Mixin
    private SamplesOption samplesOption;

    @Option(names = "--each", description = "Also print a line for each sample: number, label, class, scores.")
    private boolean each;

    @Option(names = "--json", description = "Print one JSON object, with the class of every sample.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    InferCommand() {}

    @Override
    public Integer call() throws Exception {
        SampleSet samples = samplesOption.read();
        Inferences answers;
        try (BoardClient client = board.open()) {
            answers = samplesOption.infer(client, samples, spec.commandLine().getErr());
        }
        int correct = 0;
        for (int i = 0; i < samples.count(); i++) {
            if (each && !json) {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "%d label %d class %d scores %s%n",
                                i, samples.label(i), answers.classes()[i], Arrays.toString(answers.scores()[i]));
            }
            correct += answers.classes()[i] == samples.label(i) ? 1 : 0;
        }
        print(new Accuracy(correct, samples.count()), answers);
        return 0;
    }

    private void print(Accuracy accuracy, Inferences answers) {
        PrintWriter out = spec.commandLine().getOut();
        double micros = median(answers.nanos()) / 1000.0;
        double spikes = Arrays.stream(answers.spikes()).average().orElse(0);
        double operations =
                Arrays.stream(answers.synapticOperations()).average().orElse(0);
        if (json) {
            out.println(Json.object(fields -> {
                fields.writeNumberField("accuracy", accuracy.share());
                fields.writeNumberField("samples", accuracy.count());
                fields.writeNumberField("median_microseconds", micros);
                fields.writeNumberField("spikes_per_inference", spikes);
                fields.writeNumberField("synaptic_operations_per_inference", operations);
                fields.writeFieldName("classes");
                fields.writeArray(answers.classes(), 0, answers.classes().length);
            }));
            return;
        }
        out.println("accuracy              " + accuracy);
        out.printf(Locale.ROOT, "inference             %.1f µs on the board, median%n", micros);
        out.printf(Locale.ROOT, "spikes                %.1f per inference%n", spikes);
        out.printf(Locale.ROOT, "synaptic operations   %.0f per inference%n", operations);
    }

    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
