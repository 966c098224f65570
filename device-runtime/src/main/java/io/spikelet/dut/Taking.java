package io.spikelet.dut;

import java.util.Optional;

/** Gives the loaded bytes to the model at work. */
final class Taking extends SlicedWork {
    private final DutBoard board;
    private final byte[] input;
    private DutSubject subject;
    private String refusal;

    Taking(DutBoard board, byte[] input) {
        this.board = board;
        this.input = input;
    }

    @Override
    protected boolean slice() {
        Optional<DutSubject> found = board.subject();
        if (found.isEmpty()) {
            refusal = "No model is at work on this board; flash an image first";
        } else {
            subject = found.get();
            refusal = subject.take(input).orElse(null);
        }
        return false;
    }

    /** Why there can be no inference, once this has ended. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    DutSubject subject() {
        return subject;
    }
}
