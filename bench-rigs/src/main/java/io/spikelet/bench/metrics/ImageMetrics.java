package io.spikelet.bench.metrics;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.ActivityMeter;
import io.spikelet.host.report.LayerWork;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * NeuroBench's metrics of an image on samples (docs/metrics.md), counted by the very engine that a board runs, on plain
 * kernels.
 *
 * @param image its name
 * @param data the samples' name
 * @param network the image's
 * @param samples that were run
 * @param steps that were run, over all samples: samples times T, or fewer where the readout ends early
 * @param costs footprint and sparsities
 * @param layers in the order of computation
 */
public record ImageMetrics(
        String image,
        String data,
        SpikingNetwork network,
        long samples,
        long steps,
        NetworkCosts costs,
        List<LayerMetrics> layers) {
    public ImageMetrics {
        layers = List.copyOf(layers);
    }

    /**
     * Runs an image's network on samples.
     *
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when the samples do not fit
     */
    public static ImageMetrics measure(String image, SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        ActivityMeter meter = ActivityMeter.over(network, samples, progress);
        List<LayerMetrics> layers = new ArrayList<>();
        for (LayerWork work : meter.work()) {
            var layer = network.layers().get(work.layer());
            layers.add(new LayerMetrics(layer.name(), Counting.of(network, layer), work));
        }
        return new ImageMetrics(
                image,
                samples.name(),
                network,
                samples.count(),
                layers.getFirst().work().steps(),
                costs(network, meter, layers),
                layers);
    }

    /** Membranes are updated in steps that are run: fewer than T where a readout ends early. */
    private static NetworkCosts costs(SpikingNetwork network, ActivityMeter meter, List<LayerMetrics> layers) {
        NetworkCosts full = NetworkCosts.of(network, meter.activities());
        long updates = layers.stream()
                .mapToLong(layer -> layer.work().membraneUpdates())
                .sum();
        return new NetworkCosts(
                full.operations(),
                Math.round((double) updates / layers.getFirst().work().samples()),
                full.activationSparsity(),
                full.connectionSparsity(),
                full.parameterBytes(),
                full.stateBytes());
    }

    /** Steps a sample; T, or fewer where the readout ends early. */
    public double stepsPerSample() {
        return (double) steps / samples;
    }

    /** Sums over samples and layers as NeuroBench counts: at every step, with constant input too. */
    public SynapticOperations neuroBench() {
        return layers.stream()
                .map(layer -> layer.work().everyStep())
                .reduce(SynapticOperations.NONE, SynapticOperations::plus);
    }

    /** Sums over samples and layers as the engine works. */
    public SynapticOperations run() {
        return layers.stream()
                .map(layer -> layer.work().run())
                .reduce(SynapticOperations.NONE, SynapticOperations::plus);
    }

    /** Membranes that were computed, over all samples. */
    public long membraneUpdates() {
        return sum(LayerWork::membraneUpdates);
    }

    /** NeuroBench's membrane updates, over all samples: those that changed, and all of a first step. */
    public long membranesChanged() {
        return sum(LayerWork::membranesChanged);
    }

    /** Values of layers that fire, over all samples and steps: the denominator of activation sparsity. */
    public long activations() {
        return sum(LayerWork::values);
    }

    /** Those of them that were silence. */
    public long silentActivations() {
        return sum(LayerWork::silent);
    }

    private long sum(ToLongFunction<LayerWork> part) {
        return layers.stream().map(LayerMetrics::work).mapToLong(part).sum();
    }
}
