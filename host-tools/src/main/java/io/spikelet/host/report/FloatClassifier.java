package io.spikelet.host.report;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Encoder;
import java.util.Arrays;

/** The float twin of {@link io.spikelet.engine.Classifier}: the same encoder and readout around a float network. */
final class FloatClassifier {
    private final FloatSimulator simulator;
    private final InferenceSettings settings;
    private final float[] frame;
    private final int[] scores;
    private long spikes;

    FloatClassifier(Graph graph, InferenceSettings settings) {
        this.settings = settings;
        simulator = FloatSimulator.of(graph, settings.profile(), settings.dt());
        frame = new float[simulator.inputShape().size()];
        scores = new int[settings.readout().classes()];
        int neurons = settings.readout().classes() * settings.readout().population();
        if (simulator.output().length != neurons) {
            throw new IllegalArgumentException(
                    "the readout wants " + neurons + " output neurons, the graph has " + simulator.output().length);
        }
    }

    FloatSimulator simulator() {
        return simulator;
    }

    void require(SampleSet samples) {
        int bytes = settings.encoder().framesPerSample(settings.timeSteps()) * frame.length;
        if (samples.sampleBytes() != bytes) {
            throw new IllegalArgumentException(
                    "a sample must have " + bytes + " bytes: sampleBytes=" + samples.sampleBytes());
        }
    }

    void begin() {
        simulator.reset();
        Arrays.fill(scores, 0);
        spikes = 0;
    }

    void advance(SampleSet samples, int sample, int t) {
        int offset = samples.offset(sample) + (settings.encoder() == Encoder.FRAMES ? t * frame.length : 0);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (samples.samples()[offset + i] & 0xff) / (float) samples.fullScale();
        }
        simulator.step(frame);
        float[] fired = simulator.output();
        for (int n = 0; n < fired.length; n++) {
            scores[n / settings.readout().population()] += (int) fired[n];
        }
        for (String neuron : simulator.neurons()) {
            for (float value : simulator.output(neuron)) {
                spikes += (long) value;
            }
        }
    }

    /** Spikes of all neurons since {@link #begin()}. */
    long spikes() {
        return spikes;
    }

    /** The class whose population fired most; the lowest of several. */
    int predicted() {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }
}
