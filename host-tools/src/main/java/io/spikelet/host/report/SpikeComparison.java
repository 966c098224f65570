package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The float and the integer network side by side on the same samples.
 *
 * @param floating what the float network answered
 * @param integer what the integer network answered
 * @param layers every layer of neurons that fire, in the order of computation
 * @param noise of membranes, by the name of every layer of neurons that fire, and of potentials at the end
 * @param activity what each layer of the integer network did, in the order of computation
 */
public record SpikeComparison(
        Evaluation floating,
        Evaluation integer,
        List<SpikeAgreement> layers,
        Map<String, MembraneNoise> noise,
        List<LayerActivity> activity) {
    /** Float on the integer network's spikes runs on so many samples, since it takes as long as float on its own. */
    public static final int OWN_NOISE_SAMPLES = 100;

    public SpikeComparison {
        layers = List.copyOf(layers);
        activity = List.copyOf(activity);
    }

    /**
     * Runs both.
     *
     * @param graph what the network was made from; a layer is found by its node's name
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample or the readout does not fit
     */
    public static SpikeComparison run(
            Graph graph, InferenceSettings settings, SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        Classifier integer = Classifier.load(network);
        Evaluation.requireSampleBytes(network, samples);
        FloatClassifier floating = new FloatClassifier(graph, settings);
        floating.require(samples);
        ForcedFloat forced = new ForcedFloat(graph, settings, network, integer.engine());
        List<SpikeCounter> counters = new ArrayList<>();
        List<NoiseMeter> noises = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            if (layer.operation() instanceof Operation.Neuron neuron) {
                // Codes of a quantised file are bursts too, but its float graph has activations where they stand.
                if (floating.simulator().neurons().contains(layer.name())) {
                    counters.add(new SpikeCounter(i, layer, neuron));
                }
                NoiseMeter.of(network, i).ifPresent(noises::add);
            }
        }
        ActivityMeter activity = new ActivityMeter(network);
        Answers floatAnswers = new Answers(samples);
        Answers integerAnswers = new Answers(samples);
        byte[] sample = new byte[samples.sampleBytes()];
        Inference inference = Inference.forNetwork(network);
        for (int i = 0; i < samples.count(); i++) {
            boolean isForced = i < OWN_NOISE_SAMPLES;
            floating.begin(samples, i);
            samples.read(i, sample, 0);
            integer.begin(sample, 0, inference);
            activity.begin();
            noises.forEach(NoiseMeter::begin);
            if (isForced) {
                forced.classifier().begin(samples, i);
            }
            for (int t = 0; t < network.timeSteps(); t++) {
                floating.advance(t);
                integer.advance(sample, 0, t, inference);
                activity.look(integer, t);
                for (SpikeCounter counter : counters) {
                    counter.count(floating.simulator(), integer, i, t);
                }
                if (isForced) {
                    forced.classifier().advance(t);
                }
                for (NoiseMeter noise : noises) {
                    noise.whole(floating.simulator(), integer.engine());
                    if (isForced) {
                        noise.own(forced.simulator(), integer.engine());
                    }
                }
            }
            integer.conclude(inference);
            floatAnswers.set(i, floating.predicted(), floating.spikes(), 0);
            integerAnswers.set(i, inference.predicted(), inference.spikes(), inference.synapticOperations());
            progress.at(i + 1, samples.count());
        }
        long steps = (long) samples.count() * network.timeSteps();
        DivergenceTrace trace = new DivergenceTrace(floating, forced, integer, samples);
        Map<String, MembraneNoise> byLayer = new LinkedHashMap<>();
        noises.forEach(noise -> byLayer.put(noise.layer(), noise.noise()));
        return new SpikeComparison(
                floatAnswers.evaluation(false),
                integerAnswers.evaluation(true),
                counters.stream()
                        .map(counter -> counter.agreement(steps, trace))
                        .toList(),
                byLayer,
                activity.activities());
    }
}
