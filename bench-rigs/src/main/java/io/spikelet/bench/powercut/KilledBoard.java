package io.spikelet.bench.powercut;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Patience;
import io.spikelet.host.link.Target;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A board, the cable to it and a client that asks each question once; killed by a thread of its own. */
final class KilledBoard implements Closeable {
    private static final Patience ONCE = new Patience(5000, 1, 1);

    private final SerialCable cable;
    private final BoardProcess board;
    private final BoardClient client;
    private final CountDownLatch moment = new CountDownLatch(1);

    private KilledBoard(SerialCable cable, BoardProcess board, BoardClient client) {
        this.cable = cable;
        this.board = board;
        this.client = client;
    }

    /** @param options besides the cable */
    static KilledBoard start(Path home, Path folder, List<String> options) throws IOException {
        SerialCable cable = SerialCable.open();
        try {
            List<String> words = new ArrayList<>(List.of("--serial", cable.left()));
            words.addAll(options);
            BoardProcess board = BoardProcess.start(home, folder.resolve("data"), folder.resolve("board.log"), words);
            return new KilledBoard(
                    cable, board, Links.open(Target.parse("serial:" + cable.right()), LinkSettings.NONE, ONCE));
        } catch (IOException e) {
            cable.close();
            throw e;
        }
    }

    BoardClient client() {
        return client;
    }

    /** What is done with the board until it is dead. */
    interface Work {
        /** Does one more request. */
        void once() throws IOException;
    }

    /**
     * Repeats a request until the board dies of SIGKILL.
     *
     * @param requests after which the moment comes
     * @param delayNanos from then to the kill
     * @throws IOException when the board failed of itself
     */
    void workUntilKilled(Work work, int requests, long delayNanos) throws IOException, InterruptedException {
        IOException[] failure = new IOException[1];
        Thread killer = Thread.ofPlatform().daemon().name("kill").start(() -> {
            try {
                moment.await();
                TimeUnit.NANOSECONDS.sleep(delayNanos);
                board.kill();
                cable.close();
            } catch (IOException e) {
                failure[0] = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            for (int done = 0; ; done++) {
                if (done >= requests) {
                    moment.countDown();
                }
                work.once();
            }
        } catch (IOException cut) {
            if (moment.getCount() != 0) {
                throw cut;
            }
        } finally {
            moment.countDown();
            killer.join();
            client.close();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        board.close();
        cable.close();
    }
}
