package io.spikelet.host.link;

import io.spikelet.host.Progress;
import io.spikelet.smp.NetworkCommands;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;

/** Reads the network that serves, with what it learned. */
final class ModelPull {

    /** More than any board holds; bounds what a wrong answer makes us allocate. */
    private static final int MAX_MODEL_BYTES = 64 << 20;

    /** The network changes while the board learns; reading it again from the start helps, unless it goes on. */
    private static final int MAX_READS = 3;

    private final SmpClient client;

    ModelPull(SmpClient client) {
        this.client = client;
    }

    byte[] run(Progress progress) throws IOException {
        for (int i = 0; i < MAX_READS; i++) {
            byte[] whole = read(progress);
            if (whole != null) {
                return whole;
            }
        }
        throw new IOException("the model on " + client.name()
                + " changed each time it was read; let it finish learning, then pull again");
    }

    /** The network; null when its parts do not fit together. */
    private byte[] read(Progress progress) throws IOException {
        SmpReply reply = part(0);
        byte[] model = new byte[reply.integer("len", MAX_MODEL_BYTES)];
        byte[] digest = reply.bytes("sha");
        int offset = 0;
        while (true) {
            byte[] data = reply.bytes("data");
            if (reply.integer("off") != offset || data.length > model.length - offset) {
                return null;
            }
            System.arraycopy(data, 0, model, offset, data.length);
            offset += data.length;
            progress.at(offset, model.length);
            if (offset == model.length) {
                return MessageDigest.isEqual(digest, ImageUpload.sha256(model)) ? model : null;
            }
            if (data.length == 0) {
                return null;
            }
            reply = part(offset);
        }
    }

    private SmpReply part(int offset) throws IOException {
        return client.read(NetworkCommands.GROUP, NetworkCommands.MODEL, Map.of("off", offset));
    }
}
