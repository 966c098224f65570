package io.spikelet.bench.measure;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.data.EventRecordings;
import io.spikelet.host.data.Fold;
import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.Optional;

/** The samples that an image answers in a measurement. */
public final class ImageSamples {
    private ImageSamples() {}

    /**
     * Reads samples and holds them to a network; recordings are framed as its encoder says.
     *
     * @param fold K/N, for recordings; null without
     * @param limit the first so many; null for all
     * @throws IllegalArgumentException when they are not of the network's size, the limit is below 1, or a fold
     *     is asked of anything but recordings
     */
    public static SampleSet read(
            Path image, SpikingNetwork network, Path data, String split, String fold, Integer limit)
            throws SampleFileException {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("--samples must be 1 or more: " + limit);
        }
        boolean recordings = EventRecordings.areMeantBy(data);
        if (fold != null && !recordings) {
            throw new IllegalArgumentException(
                    "--fold is for event recordings; " + data + " has parts of its own, choose one with --split");
        }
        SampleSet all = recordings ? framed(image, network, data, split, fold) : SampleSet.read(data, split);
        if (all.sampleBytes() != network.sampleBytes()) {
            throw new IllegalArgumentException(
                    image + " takes samples of " + network.sampleBytes() + " bytes and those of " + data + " have "
                            + all.sampleBytes() + "; give the data that the image was made for");
        }
        return limit == null || limit >= all.count() ? all : all.first(limit);
    }

    private static SampleSet framed(Path image, SpikingNetwork network, Path data, String split, String fold)
            throws SampleFileException {
        EventFraming framing = EventFraming.of(network)
                .orElseThrow(() -> new IllegalArgumentException(
                        data + " holds event recordings and " + image + " has no encoder for them"));
        return EventRecordings.open(data)
                .samples(framing, split, Optional.ofNullable(fold).map(Fold::parse));
    }
}
