package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;

/** What a roll-out does to one board. Calls for different boards come from several threads. */
public interface BoardImages {

    /**
     * What serves on a board.
     *
     * @param hash hex; empty when nothing serves
     * @param confirmed whether it stays over a restart
     */
    record Serving(String hash, boolean confirmed) {}

    /** What serves now. */
    Serving serving(BoardId board) throws IOException;

    /** Uploads the image and restarts the board with it on trial; goes on where an upload was cut. */
    void tryOut(BoardId board, ModelImage image) throws IOException;

    /** Keeps the image that is on trial. */
    void confirm(BoardId board, ModelImage image) throws IOException;

    /**
     * Restarts a board that has the image on trial, which gives it up; leaves a board that serves something else alone.
     *
     * @param before the hash of what is to serve again, hex; empty when nothing served
     */
    void giveUp(BoardId board, ModelImage image, String before) throws IOException;

    /** Brings back and confirms an image that lies in the other slot of a board that has confirmed its successor. */
    void bringBack(BoardId board, String before) throws IOException;
}
