package io.spikelet.host.link;

import java.io.IOException;
import java.util.Arrays;

/** Puts the answers to several infer requests together. */
final class InferenceCollector {
    private final Inferences all;
    private int filled;

    InferenceCollector(int count) {
        all = new Inferences(
                new int[count],
                new int[count][],
                new byte[count][],
                new long[count],
                new long[count],
                new long[count],
                new long[count]);
        Arrays.fill(all.numbers(), -1);
    }

    /** @param count samples of the request that {@code reply} answers, at least 1 */
    void add(SmpReply reply, int count) throws IOException {
        byte[] classes = reply.bytes("class");
        requireSamples("class", classes.length, count, classes.length == count);
        int allScores = reply.length("scores");
        requireSamples("scores", allScores, count, allScores % count == 0);
        long[] scores = reply.integers("scores", allScores);
        byte[] bits = reply.bytes("spk");
        requireSamples("spk", bits.length, count, bits.length % count == 0);
        int width = allScores / count;
        int bitBytes = bits.length / count;
        for (int i = 0; i < count; i++) {
            all.classes()[filled + i] = classes[i] & 0xFF;
            all.scores()[filled + i] = scores(scores, i * width, (i + 1) * width);
            all.spikeBits()[filled + i] = Arrays.copyOfRange(bits, i * bitBytes, (i + 1) * bitBytes);
        }
        System.arraycopy(reply.integers("spikes", count), 0, all.spikes(), filled, count);
        System.arraycopy(reply.integers("synops", count), 0, all.synapticOperations(), filled, count);
        System.arraycopy(reply.integers("ns", count), 0, all.nanos(), filled, count);
        if (reply.has("id")) {
            System.arraycopy(reply.integers("id", count), 0, all.numbers(), filled, count);
        }
        filled += count;
    }

    private static int[] scores(long[] all, int from, int to) throws IOException {
        int[] scores = new int[to - from];
        for (int i = from; i < to; i++) {
            if (all[i] != (int) all[i]) {
                throw new IOException("the board answered a score that no readout can have: " + all[i]);
            }
            scores[i - from] = (int) all[i];
        }
        return scores;
    }

    Inferences all() {
        return all;
    }

    private static void requireSamples(String key, int length, int count, boolean fits) throws IOException {
        if (!fits) {
            throw new IOException("the board answered " + length + " values in \"" + key + "\" to " + count
                    + " samples; board and host may be of different versions");
        }
    }
}
