package io.spikelet.host.report;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.reference.FloatSimulator;
import java.util.Arrays;

/** The float twin of {@link io.spikelet.engine.Classifier}: the same encoder and readout around a float network. */
public final class FloatClassifier {
    private final FloatSimulator simulator;
    private final InferenceSettings settings;
    private final float[] frame;
    private final double[] scores;
    private byte[] sample = {};
    private float fullScale;
    private long spikes;

    /** @throws IllegalArgumentException when the readout does not fit the graph */
    public FloatClassifier(Graph graph, InferenceSettings settings) {
        this.settings = settings;
        simulator = FloatSimulator.of(graph, settings.profile(), settings.dt());
        frame = new float[simulator.inputShape().size()];
        scores = new double[settings.readout().classes()];
        int neurons = settings.readout().classes() * settings.readout().population();
        if (simulator.output().length != neurons) {
            throw new IllegalArgumentException(
                    "the readout wants " + neurons + " output neurons, the graph has " + simulator.output().length);
        }
    }

    public FloatSimulator simulator() {
        return simulator;
    }

    /** @throws IllegalArgumentException when a sample has another size than the encoder wants */
    public void require(SampleSet samples) {
        samples.requireShape(simulator.inputShape(), settings.encoder().framesPerSample(settings.timeSteps()));
    }

    /** Takes a sample and forgets the one before. */
    public void begin(SampleSet samples, int index) {
        if (sample.length != samples.sampleBytes()) {
            sample = new byte[samples.sampleBytes()];
        }
        samples.read(index, sample, 0);
        fullScale = samples.fullScale();
        simulator.reset();
        Arrays.fill(scores, 0);
        spikes = 0;
    }

    /** Runs step t of the sample. */
    public void advance(int t) {
        int offset = settings.encoder().takesFrameEachStep() ? t * frame.length : 0;
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (sample[offset + i] & 0xff) / fullScale;
        }
        simulator.step(frame);
        float[] given = simulator.output();
        for (int n = 0; n < given.length; n++) {
            scores[n / settings.readout().population()] += given[n];
        }
        for (String neuron : simulator.neurons()) {
            for (float value : simulator.output(neuron)) {
                spikes += (long) Math.abs(value);
            }
        }
    }

    /** Spikes of all neurons since {@link #begin}. */
    public long spikes() {
        return spikes;
    }

    /** (classes) the sums that are compared; the own array. */
    double[] scores() {
        return scores;
    }

    /** The class with the most spikes, or with the largest sum of potentials; the lowest of several. */
    public int predicted() {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }
}
