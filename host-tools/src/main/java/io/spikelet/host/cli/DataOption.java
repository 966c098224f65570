package io.spikelet.host.cli;

import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Samples of which a verb wants a part of its own choosing. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Samples: an HDF5 file, or a folder of IDX files (docs/samples.md).")
    private Path data;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N samples.")
    private Integer limit;

    DataOption() {}

    SampleSet read(String split) throws SampleFileException {
        return limited(SampleSet.read(data, split), limit);
    }

    SampleSet readUnlabelled(String split) throws SampleFileException {
        return limited(SampleSet.readUnlabelled(data, split), limit);
    }

    /** The first samples, under a name that says so; all of them where there is no limit. */
    static SampleSet limited(SampleSet all, Integer limit) {
        if (limit == null || limit >= all.count()) {
            return all;
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be 1 or more: " + limit);
        }
        return all.first(limit).named(all.name() + ", the first " + limit + " of " + all.count());
    }
}
