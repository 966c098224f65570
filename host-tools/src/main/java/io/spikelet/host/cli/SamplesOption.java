package io.spikelet.host.cli;

import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import java.io.IOException;
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
        return limited(SampleSet.read(data, split));
    }

    SampleSet readUnlabelled() throws SampleFileException {
        return limited(SampleSet.readUnlabelled(data, split));
    }

    private SampleSet limited(SampleSet all) {
        if (limit == null || limit >= all.count()) {
            return all;
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be 1 or more: " + limit);
        }
        return all.first(limit);
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
