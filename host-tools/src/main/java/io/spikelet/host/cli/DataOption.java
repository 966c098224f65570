package io.spikelet.host.cli;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.data.EventRecordings;
import io.spikelet.host.data.Fold;
import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Samples of which a verb wants a part of its own choosing. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Samples: an HDF5 file, a folder of IDX files, or a folder or zip of event recordings with a"
                    + " list of labels (docs/samples.md). Required, but for quantising a .net file.")
    private Path data;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N samples.")
    private Integer limit;

    @Option(
            names = "--fold",
            paramLabel = "K/N",
            description = "Recordings in N folds of all classes: 'test' is fold K, 'train' and 'calibration' are the"
                    + " others.")
    private String fold;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    DataOption() {}

    /** Whether there are samples; without any, all that reads them refuses. */
    boolean isGiven() {
        return data != null;
    }

    /**
     * @param framing how recordings become samples; empty where nothing says so
     * @throws IllegalArgumentException when recordings have no framing, or a fold is asked of anything else
     */
    SampleSet read(String split, Optional<EventFraming> framing) throws SampleFileException {
        if (!areRecordings()) {
            return limited(SampleSet.read(data, split), limit);
        }
        EventFraming chosen = framing.orElseThrow(() -> new IllegalArgumentException(data
                + " holds event recordings, and the model has no encoder for them; quantise it with"
                + " --encoder event-frames"));
        return limited(
                EventRecordings.open(data)
                        .samples(chosen, split, Optional.ofNullable(fold).map(Fold::parse)),
                limit);
    }

    /** Samples for a verb that knows no encoder. */
    SampleSet readFramed(String split) throws SampleFileException {
        requireFramed();
        return limited(SampleSet.read(data, split), limit);
    }

    SampleSet readUnlabelled(String split) throws SampleFileException {
        requireFramed();
        return limited(SampleSet.readUnlabelled(data, split), limit);
    }

    private void requireFramed() throws SampleFileException {
        if (areRecordings()) {
            throw new IllegalArgumentException(data + " holds event recordings, which 'quantise' and 'evaluate' frame"
                    + " and a board takes as frames; write the frames into an HDF5 file");
        }
    }

    private boolean areRecordings() throws SampleFileException {
        if (!isGiven()) {
            throw new ParameterException(verb.commandLine(), "Missing required option: '--data=PATH'");
        }
        boolean recordings = EventRecordings.areMeantBy(data);
        if (fold != null && !recordings) {
            throw new IllegalArgumentException(
                    "--fold is for event recordings; " + data + " has parts of its own, choose one with --split");
        }
        return recordings;
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
