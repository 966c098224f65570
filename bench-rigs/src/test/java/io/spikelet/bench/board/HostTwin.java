package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Inferences;
import io.spikelet.learn.Learner;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.Arrays;

/** The board's learner in this process: learns an endless row of samples, the n-th of them always the same. */
final class HostTwin {
    private final SampleSet samples;
    private final Classifier classifier;
    private final Inference inference;
    private final Learner learner;

    HostTwin(SpikingNetwork network, SampleSet samples) throws Exception {
        this.samples = samples;
        classifier = Classifier.load(network);
        inference = Inference.forNetwork(network);
        learner = Learner.load(classifier, Learner.BOARD_SEED);
    }

    long learned() {
        return learner.samplesLearned();
    }

    private int index(long number) {
        return (int) (number % samples.count());
    }

    /** The samples of the row from number {@code from} on. */
    byte[] samples(long from, int count) {
        byte[] row = new byte[count * samples.sampleBytes()];
        for (int i = 0; i < count; i++) {
            System.arraycopy(
                    samples.samples(),
                    samples.offset(index(from + i)),
                    row,
                    i * samples.sampleBytes(),
                    samples.sampleBytes());
        }
        return row;
    }

    /** Their true classes. */
    byte[] labels(long from, int count) {
        byte[] row = new byte[count];
        for (int i = 0; i < count; i++) {
            row[i] = (byte) samples.label(index(from + i));
        }
        return row;
    }

    void learnUpTo(long number) {
        while (learner.samplesLearned() < number) {
            int next = index(learner.samplesLearned());
            learner.learn(samples.samples(), samples.offset(next), samples.label(next), inference);
        }
    }

    /** What a board that learned the same hands out as its model. */
    byte[] payload() {
        return NetworkCodec.encode(learner.learnedNetwork());
    }

    /** The board classifies the next sample of the row as this twin does, spike by spike. */
    void requireSameAnswer(BoardClient board) throws IOException {
        long next = learned();
        Inferences answer = board.infer(samples(next, 1), 1, null);
        classifier.infer(samples.samples(), samples.offset(index(next)), inference);
        assertEquals(inference.predicted(), answer.classes()[0]);
        assertArrayEquals(inference.scores(), answer.scores()[0]);
        assertArrayEquals(Arrays.copyOf(inference.outputSpikes(), answer.spikeBits()[0].length), answer.spikeBits()[0]);
    }
}
