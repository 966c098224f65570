package io.spikelet.host.link;

import io.spikelet.host.Progress;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends one image, from wherever the board says it has come to. */
final class ImageUpload {

    /** Bytes by which data's length prefix may grow over that of no data. */
    private static final int LENGTH_PREFIX = 2;

    /** Answers that bring the board no further than it has been; each may cost one request. */
    private static final int MAX_STALLS = 8;

    private final SmpClient client;
    private final byte[] image;
    private final byte[] digest;
    private final int maxRequestBytes;

    ImageUpload(SmpClient client, byte[] image, int maxRequestBytes) {
        this.client = client;
        this.image = image;
        this.digest = sha256(image);
        this.maxRequestBytes = maxRequestBytes;
    }

    void run(Progress progress) throws IOException {
        int offset = 0;
        int furthest = 0;
        int stalls = 0;
        do {
            SmpReply reply = client.write(ImageCommands.GROUP, ImageCommands.UPLOAD, request(offset));
            offset = reply.integer("off", image.length);
            if (!reply.flag("match", true)) {
                throw new IOException("the image that " + client.name()
                        + " stored differs from the one sent; erase it on the board and upload again");
            }
            stalls = offset > furthest ? 0 : stalls + 1;
            if (stalls > MAX_STALLS) {
                throw new IOException("the board at " + client.name() + " asks for byte " + offset
                        + " again and again; reset it and upload again");
            }
            furthest = Math.max(furthest, offset);
            progress.at(offset, image.length);
        } while (offset < image.length);
    }

    /** At offset 0 also the fields that begin an upload, or find one that was cut short. */
    private Map<String, Object> request(int offset) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("off", offset);
        fields.put("data", new byte[0]);
        if (offset == 0) {
            fields.put("len", image.length);
            fields.put("sha", digest);
        }
        int room = maxRequestBytes - SmpHeader.BYTES - LENGTH_PREFIX - Cbor.encode(fields).length;
        if (room < 1) {
            throw new IOException("the board at " + client.name() + " takes messages of " + maxRequestBytes
                    + " bytes only, too small for an upload");
        }
        fields.put("data", Arrays.copyOfRange(image, offset, offset + Math.min(room, image.length - offset)));
        return fields;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
