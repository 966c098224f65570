package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.shared.NmnistRecordings;
import io.spikelet.host.shared.SharedFolder;
import org.junit.jupiter.api.Test;

/** Golden values: an independent interpreter's spike counts for the NIR paper's convolutional network. */
class ConvolutionalReferenceTest {
    @Test
    void shouldGiveTheRecordedSpikeCountsOfTwentyRecordings() throws Exception {
        FloatSimulator simulator = FloatSimulator.of(
                NirImporter.read(SharedFolder.file("models/nir/cnn_sinabs.nir")), Profile.NORSE, 1e-3);
        try (NmnistRecordings recordings = NmnistRecordings.open()) {
            for (int recording = 1; recording <= 20; recording++) {
                int[] outputCounts = new int[10];
                simulator.reset();
                for (float[] frame : recordings.frames(recording)) {
                    simulator.step(frame);
                    for (int c = 0; c < outputCounts.length; c++) {
                        outputCounts[c] += (int) simulator.output()[c];
                    }
                }
                assertArrayEquals(recordings.outputCounts(recording), outputCounts, "recording " + recording);
            }
        }
    }
}
