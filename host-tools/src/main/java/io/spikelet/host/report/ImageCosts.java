package io.spikelet.host.report;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Optional;

/**
 * What an integer network costs layer by layer, and where it parts from the float network it was made from.
 *
 * @param samples how many were looked at
 * @param timeSteps T
 * @param payload bytes of the image
 * @param layers in the order of computation
 * @param costs of all of them
 * @param comparison with float, where that is at hand
 */
public record ImageCosts(
        int samples,
        int timeSteps,
        PayloadBytes payload,
        List<LayerActivity> layers,
        NetworkCosts costs,
        Optional<SpikeComparison> comparison) {
    /** Plain kernels, which keep every layer's values, are slow; so many samples tell enough. */
    public static final int MOST_SAMPLES = 100;

    public ImageCosts {
        layers = List.copyOf(layers);
    }

    /**
     * Runs a network on the first {@value #MOST_SAMPLES} samples.
     *
     * @param graph what it was made from, or null
     * @param settings how that runs; not read without a graph
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when samples or graph do not fit
     */
    public static ImageCosts of(
            SpikingNetwork network, Graph graph, InferenceSettings settings, SampleSet samples, Progress progress)
            throws MalformedDataException {
        SampleSet some = samples.count() > MOST_SAMPLES ? samples.first(MOST_SAMPLES) : samples;
        Optional<SpikeComparison> comparison = graph == null
                ? Optional.empty()
                : Optional.of(SpikeComparison.run(graph, settings, network, some, progress));
        List<LayerActivity> layers =
                comparison.isPresent() ? comparison.get().activity() : ActivityMeter.run(network, some, progress);
        return new ImageCosts(
                some.count(),
                network.timeSteps(),
                PayloadBytes.of(network),
                layers,
                NetworkCosts.of(network, layers),
                comparison);
    }
}
