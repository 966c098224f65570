package io.spikelet.host.cli;

import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.Inferences;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** Which samples a board is sent. */
final class SamplesOption {
    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Samples, HDF5 (docs/samples.md).")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N samples.")
    private Integer limit;

    SamplesOption() {}

    SampleSet read() throws SampleFileException {
        SampleSet all = SampleSet.read(data, split);
        if (limit == null || limit >= all.count()) {
            return all;
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be 1 or more: " + limit);
        }
        return all.first(limit);
    }

    /** Sends the samples with their labels, so that the board's own telemetry counts its accuracy. */
    Inferences infer(BoardClient client, SampleSet samples, PrintWriter err) throws IOException {
        requireFit(client, samples);
        return client.infer(samples.samples(), samples.count(), samples.labels());
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
