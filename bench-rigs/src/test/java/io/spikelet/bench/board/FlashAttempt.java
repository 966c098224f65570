package io.spikelet.bench.board;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.SlotState;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Upload, trial, restart and confirmation one after another, with how far they came. */
final class FlashAttempt {

    /** What was done and answered. */
    enum Stage {
        NOTHING,
        UPLOADED,
        STAGED,
        RESET,
        ON_TRIAL,
        CONFIRMED
    }

    private static final int RESTART_ATTEMPTS = 500;

    private final ModelImage image;
    private Stage stage = Stage.NOTHING;
    private int first = -1;
    private int offset;

    FlashAttempt(ModelImage image) {
        this.image = image;
    }

    /** How far it came. */
    Stage stage() {
        return stage;
    }

    /** Where the board let the upload begin. */
    int first() {
        return first;
    }

    /** Bytes that the board said it has. */
    int offset() {
        return offset;
    }

    /** @param watcher told after each answer of the board */
    void run(BoardClient client, Consumer<FlashAttempt> watcher) throws IOException {
        watcher.accept(this);
        client.upload(image.bytes(), (done, total) -> {
            first = first < 0 ? (int) done : first;
            offset = (int) done;
            watcher.accept(this);
        });
        reached(Stage.UPLOADED, watcher);
        client.test(image.digest());
        reached(Stage.STAGED, watcher);
        client.reset();
        reached(Stage.RESET, watcher);
        awaitTrial(client);
        reached(Stage.ON_TRIAL, watcher);
        client.confirm();
        reached(Stage.CONFIRMED, watcher);
    }

    private void reached(Stage next, Consumer<FlashAttempt> watcher) {
        stage = next;
        watcher.accept(this);
    }

    /** The board answers the reset before it restarts, and may answer once more before that. */
    private void awaitTrial(BoardClient client) throws IOException {
        for (int attempt = 0; attempt < RESTART_ATTEMPTS; attempt++) {
            if (Arrays.equals(active(client).hash(), image.digest())) {
                return;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the board restarts", e);
            }
        }
        throw new IOException("the board did not start " + image);
    }

    /** The slot that serves. */
    static SlotState active(BoardClient client) throws IOException {
        return client.imageState().stream()
                .filter(SlotState::active)
                .findFirst()
                .orElseThrow(() -> new IOException("no image is active"));
    }
}
