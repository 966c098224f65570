package io.spikelet.device;

import io.spikelet.model.NetworkCodec;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands out the network that serves, with what it learned, in parts of one copy taken at offset 0. */
final class ModelReader {

    /** Bytes of one part; with the other fields it fits the messages that a board takes itself. */
    static final int PART_BYTES = 3072;

    private byte[] copy = new byte[0];

    /** The part at {@code offset}; at 0 also length and SHA-256 of the whole. */
    Map<String, Object> read(RunningModel model, long offset) throws SmpException {
        if (offset == 0) {
            copy = NetworkCodec.encode(model.learnedNetwork());
        }
        if (offset > copy.length) {
            throw SmpException.general(
                    SmpError.INVALID, "the model has " + copy.length + " bytes; read it from offset 0 first");
        }
        int from = (int) offset;
        int to = Math.min(copy.length, from + PART_BYTES);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("off", from);
        answer.put("data", Arrays.copyOfRange(copy, from, to));
        if (from == 0) {
            answer.put("len", copy.length);
            answer.put("sha", sha256(copy));
        }
        return answer;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
