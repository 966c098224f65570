package io.spikelet.bench.board;

import io.spikelet.host.link.BoardClient;
import java.io.IOException;

/** Lets a board learn in small requests and keeps count of what the board said it had learned. */
final class LearnAttempt {
    private final HostTwin row;
    private final int samplesARequest;
    private long learned;

    LearnAttempt(HostTwin row, int samplesARequest) {
        this.row = row;
        this.samplesARequest = samplesARequest;
        learned = row.learned();
    }

    /** What the board said last. */
    long learned() {
        return learned;
    }

    void request(BoardClient board) throws IOException {
        byte[] samples = row.samples(learned, samplesARequest);
        learned = board.learn(samples, row.labels(learned, samplesARequest), learned)
                .learned();
    }
}
