package io.spikelet.host.link;

import io.spikelet.host.Progress;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.util.Arrays;

/** Upload, trial, confirmation: how an image comes to serve on a board, each step checked against what it answers. */
public final class Flasher {
    private static final int RESTART_ATTEMPTS = 60;
    private static final int RESTART_PAUSE_MILLIS = 250;

    /** So many answers in a row that name another image are no leftovers from before the restart. */
    private static final int SETTLED_ANSWERS = 12;

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
        return start(image.digest(), "version " + image.version());
    }

    /**
     * The same with an image that lies in the slot already.
     *
     * @param hash as in {@link SlotState#hash}
     * @param called what a person calls the image
     */
    public SlotState start(byte[] hash, String called) throws IOException {
        board.test(hash);
        return restart(hash, called);
    }

    /**
     * Restarts the board and waits until an image serves.
     *
     * @param hash of the image that is to serve, as when one on trial is given up
     * @param called what a person calls the image
     * @throws IOException when the board did not come back, or came back with another image
     */
    public SlotState restart(byte[] hash, String called) throws IOException {
        try {
            board.reset();
        } catch (SmpRefusedException refused) {
            throw refused;
        } catch (IOException answerLost) {
            // The board may restart before its answer is out; what serves afterwards decides.
            return awaited(hash, called, answerLost);
        }
        return awaited(hash, called, null);
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

    /** Asks until the image serves; an answer from before the restart names the former one. */
    private SlotState awaited(byte[] hash, String called, IOException answerLost) throws IOException {
        IOException silence = answerLost;
        String serving = null;
        int answers = 0;
        for (int attempt = 0; attempt < RESTART_ATTEMPTS; attempt++) {
            pause();
            try {
                for (SlotState slot : board.imageState()) {
                    if (slot.active() && Arrays.equals(slot.hash(), hash)) {
                        return slot;
                    }
                    serving = slot.active() ? slot.version() : serving;
                }
                if (++answers >= SETTLED_ANSWERS) {
                    break;
                }
            } catch (SmpRefusedException refused) {
                throw refused;
            } catch (IOException notYet) {
                silence = notYet;
                answers = 0;
            }
        }
        throw new IOException(
                serving == null
                        ? "the board at " + board.name() + " did not come back after its restart"
                        : "the board at " + board.name() + " restarted with version " + serving + ", not " + called
                                + "; its log says why it gave the image up",
                silence);
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
