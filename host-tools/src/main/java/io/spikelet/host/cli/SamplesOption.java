package io.spikelet.host.cli;

import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which samples a board is sent. */
final class SamplesOption {
    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    SamplesOption() {}

    SampleSet read() throws SampleFileException {
        return data.readFramed(split);
    }

    SampleSet readUnlabelled() throws SampleFileException {
        return data.readUnlabelled(split);
    }

    static void requireFit(BoardClient client, SampleSet samples) throws IOException {
        BoardStatus status = client.status();
        if (!status.serving()) {
            throw new IOException("the board " + status.name() + " serves no model; 'spikelet flash' gives it one");
        }
        if (status.sampleBytes() != samples.sampleBytes()) {
            throw new IllegalArgumentException("the model " + status.model() + " on " + status.name() + " takes samples"
                    + " of " + status.sampleBytes() + " bytes, those of " + samples.name() + " "
                    + Arrays.toString(samples.sampleShape()) + " have " + samples.sampleBytes());
        }
    }
}
