package io.spikelet.host.link;

import io.spikelet.hal.Clock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A link in memory that loses, doubles, delays and reorders messages, and breaks, as its chances (in percent) say.
 * Waiting moves its clock, so that no test waits.
 */
final class UnreliableLink implements SmpTransport, Clock {
    private final UnaryOperator<byte[]> board;
    private final Random random;
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final Deque<byte[]> late = new ArrayDeque<>();
    private long nanos;
    private boolean broken;
    int lossPercent;
    int doublePercent;
    int latePercent;
    int breakPercent;
    int sent;
    int reopened;

    UnreliableLink(UnaryOperator<byte[]> board, long seed) {
        this.board = board;
        this.random = new Random(seed);
    }

    @Override
    public void send(byte[] message) throws IOException {
        sent++;
        requireWhole();
        int copies = happens(lossPercent) ? 0 : happens(doublePercent) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            answer(board.apply(message.clone()));
        }
        if (happens(breakPercent)) {
            broken = true;
        }
    }

    private void answer(byte[] answer) {
        if (answer.length == 0 || happens(lossPercent)) {
            return;
        }
        if (happens(latePercent)) {
            late.add(answer);
            return;
        }
        answers.add(answer);
        if (happens(doublePercent)) {
            answers.add(answer);
        }
        if (happens(50)) {
            answers.addAll(late);
            late.clear();
        }
        if (happens(20)) {
            answers.addFirst(answers.removeLast());
        }
    }

    @Override
    public byte[] receive(int timeoutMillis) throws IOException {
        requireWhole();
        byte[] answer = answers.poll();
        nanos += answer == null ? timeoutMillis * 1_000_000L : 1_000;
        return answer;
    }

    @Override
    public void reopen() {
        reopened++;
        broken = false;
        answers.clear();
    }

    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException("the cable is out");
        }
    }

    private boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    @Override
    public String name() {
        return "test link";
    }

    @Override
    public void close() {
        broken = true;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return nanos / 1_000_000;
    }

    SmpClient client(int tries) {
        return new SmpClient(this, this, new Patience(1_000, tries, 0));
    }
}
