package io.spikelet.bench.exact;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of all output values at all steps, and of each sample's spikes of all layers and synaptic operations; every
 * number as eight bytes, big endian. The spike count of a whole sample shows a spike that differs in any layer unless
 * another one makes up for it; the outputs behind it show that one.
 */
final class AnswerDigest {
    private final MessageDigest sha;
    private long spikes;

    AnswerDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        for (int value : values) {
            bytes.putLong(value);
        }
        sha.update(bytes.array());
    }

    void add(byte[] state) {
        sha.update(state);
    }

    void addCounts(long fired, long operations) {
        spikes += fired;
        sha.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(fired)
                .putLong(operations)
                .array());
    }

    long spikes() {
        return spikes;
    }

    byte[] digest() {
        return sha.digest();
    }
}
