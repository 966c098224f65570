package io.spikelet.bench.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of boards on one thread. Each tells once a second, all spread evenly over the second; a board whose turn was
 * missed because the machine was busy tells late, never less.
 */
final class SimulatedFleet implements Closeable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTS_A_SECOND = 1_000;

    private final List<SimulatedBoard> boards = new ArrayList<>();
    private final InetSocketAddress broker;
    private final Selector selector = Selector.open();
    private final CountDownLatch allBorn = new CountDownLatch(1);
    private final CountDownLatch allTold = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean telling;
    private volatile boolean closing;
    private volatile IOException failure;
    private volatile long latestNanos;
    private long tellAt;
    private long toldTurns;
    private final long turns;

    /**
     * Begins to connect.
     *
     * @param groups over which the boards are spread, in turn
     * @param seconds how many messages each board tells once {@link #tell} is called
     */
    SimulatedFleet(InetSocketAddress broker, int count, List<String> groups, int seconds) throws IOException {
        this.broker = broker;
        for (int i = 0; i < count; i++) {
            boards.add(new SimulatedBoard(groups.get(i % groups.size()), "sim-%05d".formatted(i), i));
        }
        turns = (long) count * seconds;
        thread = Thread.ofPlatform().name("bench-boards").start(this::run);
    }

    List<SimulatedBoard> boards() {
        return boards;
    }

    /** Waits until every board is connected and born. */
    void awaitBirths(long seconds) throws IOException, InterruptedException {
        await(allBorn, seconds, "were not all born");
    }

    /** Lets the boards tell. */
    void tell() {
        telling = true;
        selector.wakeup();
    }

    /** Waits until every board has told all. */
    void awaitTold(long seconds) throws IOException, InterruptedException {
        await(allTold, seconds, "did not all tell");
    }

    private void await(CountDownLatch latch, long seconds, String what) throws IOException, InterruptedException {
        boolean done = latch.await(seconds, TimeUnit.SECONDS);
        if (failure != null) {
            throw failure;
        }
        if (!done) {
            throw new IOException("the simulated boards " + what + " within " + seconds + " s: "
                    + boards.stream().filter(SimulatedBoard::isBorn).count() + " of " + boards.size() + " are born");
        }
    }

    /** How far the busiest moment was behind the time-table, in ms: above a few hundred the machine cannot keep up. */
    long latestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(latestNanos);
    }

    private void run() {
        try {
            connectAll();
            while (!closing) {
                long wait = telling ? turn() : 50;
                if (wait > 0) {
                    selector.select(this::ready, wait);
                } else {
                    selector.selectNow(this::ready);
                }
                rethrow();
                if (allBorn.getCount() > 0 && boards.stream().allMatch(SimulatedBoard::isBorn)) {
                    allBorn.countDown();
                }
            }
            leave();
        } catch (IOException broken) {
            failure = broken;
        } finally {
            allBorn.countDown();
            allTold.countDown();
        }
    }

    private void connectAll() throws IOException {
        long started = System.nanoTime();
        for (SimulatedBoard board : boards) {
            SocketChannel channel = SocketChannel.open(broker);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            board.connected(channel.register(selector, SelectionKey.OP_READ, board));
            long due = started + board.index * (SECOND / CONNECTS_A_SECOND);
            do {
                selector.select(this::ready, Math.max(1, (due - System.nanoTime()) / 1_000_000));
                rethrow();
            } while (System.nanoTime() - due < 0 && !closing);
        }
    }

    /** Lets those tell whose turn it is; returns ms until the next turn. */
    private long turn() throws IOException {
        long now = System.nanoTime();
        if (tellAt == 0) {
            tellAt = now;
        }
        while (toldTurns < turns) {
            long due = tellAt + toldTurns / boards.size() * SECOND + toldTurns % boards.size() * SECOND / boards.size();
            if (now - due < 0) {
                return Math.max(0, (due - now) / 1_000_000);
            }
            latestNanos = Math.max(latestNanos, now - due);
            boards.get((int) (toldTurns % boards.size())).tell();
            toldTurns++;
        }
        if (boards.stream().noneMatch(SimulatedBoard::hasUnsent)) {
            allTold.countDown();
        }
        return 50;
    }

    private void ready(SelectionKey key) {
        SimulatedBoard board = (SimulatedBoard) key.attachment();
        try {
            if (key.isReadable()) {
                board.read();
            }
            if (key.isValid() && key.isWritable()) {
                board.flush();
            }
        } catch (IOException broken) {
            if (!closing) {
                failure = broken;
            }
            key.cancel();
        }
    }

    private void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void leave() throws IOException {
        for (SimulatedBoard board : boards) {
            board.leave();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
