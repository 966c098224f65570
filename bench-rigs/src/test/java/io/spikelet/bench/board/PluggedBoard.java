package io.spikelet.bench.board;

import io.spikelet.hal.serial.SerialCable;
import io.spikelet.host.link.BoardClient;
import java.io.Closeable;
import java.io.IOException;

/** A running board, the cable to it and a client at the other end; pulled out all at once. */
final class PluggedBoard implements Closeable {
    private final SerialCable cable;
    private final BoardProcess board;
    private final BoardClient client;

    private PluggedBoard(SerialCable cable, BoardProcess board, BoardClient client) {
        this.cable = cable;
        this.board = board;
        this.client = client;
    }

    static PluggedBoard start(DigitsRig rig) throws IOException {
        SerialCable cable = SerialCable.open();
        try {
            BoardProcess board = rig.start("--serial", cable.left());
            return new PluggedBoard(cable, board, DigitsRig.clientAskingOnce(cable.right()));
        } catch (IOException e) {
            cable.close();
            throw e;
        }
    }

    BoardClient client() {
        return client;
    }

    String path() {
        return cable.right();
    }

    /** SIGKILL, and the plug comes out; whoever waits for an answer is told by the line. */
    void pull() throws IOException {
        board.kill();
        cable.close();
    }

    @Override
    public void close() throws IOException {
        client.close();
        board.close();
        cable.close();
    }
}
