package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.shared.NmnistRecordings;
import io.spikelet.host.shared.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden values: an independent interpreter's spike counts for the NIR paper's convolutional network. */
class ConvolutionalReferenceTest {
    private static final int RECORDINGS = 1000;

    @Test
    void shouldGiveTheRecordedSpikeCountsOfEveryRecording() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/cnn_sinabs.nir"));
        ThreadLocal<FloatSimulator> simulators =
                ThreadLocal.withInitial(() -> FloatSimulator.of(graph, Profile.NORSE, 1e-3));
        try (NmnistRecordings recordings = NmnistRecordings.open()) {
            List<Integer> differing = IntStream.rangeClosed(1, RECORDINGS)
                    .parallel()
                    .filter(recording -> !Arrays.equals(
                            recordings.outputCounts(recording), counts(simulators, recordings, recording)))
                    .boxed()
                    .toList();
            assertEquals(List.of(), differing, "recordings whose counts differ");
        }
    }

    private static int[] counts(ThreadLocal<FloatSimulator> simulators, NmnistRecordings recordings, int recording) {
        FloatSimulator simulator = simulators.get();
        int[] outputCounts = new int[10];
        simulator.reset();
        try {
            for (float[] frame : recordings.frames(recording)) {
                simulator.step(frame);
                for (int c = 0; c < outputCounts.length; c++) {
                    outputCounts[c] += (int) simulator.output()[c];
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return outputCounts;
    }
}
