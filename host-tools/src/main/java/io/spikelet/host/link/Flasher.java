package io.spikelet.host.link;

import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.util.Arrays;

/** Upload, trial, confirmation: how an image comes to serve on a board, each step checked against what it answers. */
public final class Flasher {
    private static final int RESTART_ATTEMPTS = 60;
    private static final int RESTART_PAUSE_MILLIS = 250;

    private final BoardClient board;

    public Flasher(BoardClient board) {
        this.board = board;
    }

    /** Brings the image into the slot that does not serve; goes on where an earlier upload was cut. */
    public void upload(ModelImage image, Progress progress) throws IOException {
        board.upload(image.bytes(), progress);
    }

    /**
     * Restarts the board with the image on trial.
     *
     * @return the slot that serves, which is the image
     * @throws IOException when the board did not come back, or came back with another image
     */
    public SlotState start(ModelImage image) throws IOException {
        board.test(image.digest());
        board.reset();
        SlotState serving = serving();
        if (!Arrays.equals(serving.hash(), image.digest())) {
            throw new IOException("the board at " + board.name() + " restarted with version " + serving.version()
                    + ", not " + image.version() + "; its log says why it gave the image up");
        }
        return serving;
    }

    /** Keeps the image that serves. */
    public void confirm(ModelImage image) throws IOException {
        for (SlotState slot : board.confirm()) {
            if (slot.active() && slot.confirmed() && Arrays.equals(slot.hash(), image.digest())) {
                return;
            }
        }
        throw new IOException("the board at " + board.name() + " did not confirm version " + image.version());
    }

    /** Upload, trial and confirmation. */
    public SlotState flash(ModelImage image, Progress progress) throws IOException {
        upload(image, progress);
        SlotState serving = start(image);
        confirm(image);
        return serving;
    }

    /** What serves once the board is back; it is asked again while it restarts. */
    private SlotState serving() throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < RESTART_ATTEMPTS; attempt++) {
            pause();
            try {
                for (SlotState slot : board.imageState()) {
                    if (slot.active()) {
                        return slot;
                    }
                }
            } catch (SmpRefusedException refused) {
                throw refused;
            } catch (IOException notYet) {
                last = notYet;
            }
        }
        throw new IOException("the board at " + board.name() + " did not come back after its restart", last);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RESTART_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the board restarts", e);
        }
    }
}
