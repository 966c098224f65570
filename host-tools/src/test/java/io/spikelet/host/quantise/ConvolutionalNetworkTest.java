package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.NmnistRecordings;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import org.junit.jupiter.api.Test;

/** The NIR paper's convolutional network of IF neurons, which never leak, over 300 steps: where bounds grow most. */
class ConvolutionalNetworkTest {
    private static final int RECORDINGS = 10;
    private static final int STEPS = 300;
    private static final int VALUES = 2 * 34 * 34;
    private static final int MOST_EVENTS = 8;

    @Test
    void shouldClassifyRecordingsAsTheFloatNetworkDoes() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/cnn_sinabs.nir"));
        InferenceSettings settings =
                new InferenceSettings(Profile.NORSE, 1e-3, STEPS, Encoder.FRAMES, new Readout(10, 1));

        SpikingNetwork network =
                Quantiser.convert(graph, QuantiseOptions.of("cnn", settings, 1).withInputMaximum(MOST_EVENTS));

        assertTrue(network.layers().stream()
                .map(layer -> layer.operation() instanceof Operation.Neuron neuron ? neuron.threshold()[0] : 1 << 14)
                .allMatch(threshold -> threshold >= 1 << 14));
        Evaluation integer = Evaluation.ofInteger(network, recordings(), Progress.SILENT);
        assertTrue(integer.accuracy().correct() >= RECORDINGS - 1, integer.accuracy()::toString);
    }

    /** Labelled with the class that the float network chose. */
    private static SampleSet recordings() throws Exception {
        byte[] samples = new byte[RECORDINGS * STEPS * VALUES];
        byte[] labels = new byte[RECORDINGS];
        try (NmnistRecordings recordings = NmnistRecordings.open()) {
            for (int i = 0; i < RECORDINGS; i++) {
                float[][] frames = recordings.frames(i + 1);
                for (int t = 0; t < Math.min(STEPS, frames.length); t++) {
                    for (int v = 0; v < VALUES; v++) {
                        samples[(i * STEPS + t) * VALUES + v] = (byte) Math.min(MOST_EVENTS, frames[t][v]);
                    }
                }
                int[] counts = recordings.outputCounts(i + 1);
                for (int c = 1; c < counts.length; c++) {
                    labels[i] = (byte) (counts[c] > counts[labels[i]] ? c : labels[i]);
                }
            }
        }
        return SampleSet.of("N-MNIST", 10, 1, new int[] {STEPS, 2, 34, 34}, samples, labels);
    }
}
