package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LearnResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet learn}: lets a board learn labelled samples. */
@Command(
        name = "learn",
        description = "Let a board learn labelled samples where it stands.",
        footer = {
            "",
            "What is learned is on the board's disk before it answers. 'spikelet device forget' drops it.",
            "",
            "Example:",
            "  spikelet learn --to serial:/dev/ttyACM0 --data today.h5 --split calibration --passes 5"
        })
final class LearnCommand implements Callable<Integer> {
    @Mixin
    private BoardOption board;

    @Mixin
    private SamplesOption samplesOption;

    @Option(
            names = "--passes",
            defaultValue = "1",
            paramLabel = "N",
            description = "How often the samples are shown (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Spec
    private CommandSpec spec;

    LearnCommand() {}

    @Override
    public Integer call() throws Exception {
        if (passes < 1) {
            throw new IllegalArgumentException("--passes must be 1 or more: " + passes);
        }
        SampleSet samples = samplesOption.read();
        try (BoardClient client = board.open()) {
            SamplesOption.requireFit(client, samples);
            long at = client.status().learned();
            for (int pass = 1; pass <= passes; pass++) {
                LearnResult result = client.learn(samples.samples(), samples.labels(), at);
                at = result.learned();
                spec.commandLine()
                        .getOut()
                        .printf(
                                "pass %d: %d of %d right before each was learned; %d samples learned in all%n",
                                pass, result.hits(), samples.count(), at);
            }
        }
        return 0;
    }
}
