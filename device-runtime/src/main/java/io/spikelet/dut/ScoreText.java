package io.spikelet.dut;

import java.util.Arrays;

/**
 * Scores as the runner wants them: none below 0, a sum of 1.000, three decimals; integers alone make them. Scores that go
 * below 0 are moved up by the least of them first. Rounding never takes the lead from the class that the board chose.
 */
final class ScoreText {
    private static final int THOUSANDTHS = 1000;

    private ScoreText() {}

    /**
     * @param scores (classes) at least one
     * @param predicted the class that the board chose
     * @return such as {@code 0.100,0.900}
     */
    static String of(int[] scores, int predicted) {
        StringBuilder text = new StringBuilder(scores.length * 6);
        for (int share : thousandths(scores, predicted)) {
            text.append(text.isEmpty() ? "" : ",").append(share / THOUSANDTHS).append('.');
            text.append(share / 100 % 10).append(share / 10 % 10).append(share % 10);
        }
        return text.toString();
    }

    /** (classes) shares that sum to 1000. */
    static int[] thousandths(int[] scores, int predicted) {
        long least = Math.min(0, Arrays.stream(scores).min().orElseThrow());
        long[] parts = Arrays.stream(scores).mapToLong(score -> score - least).toArray();
        if (Arrays.stream(parts).sum() == 0) {
            Arrays.fill(parts, 1);
        }
        long sum = Arrays.stream(parts).sum();
        int[] shares = new int[parts.length];
        long[] rests = new long[parts.length];
        int left = THOUSANDTHS;
        for (int i = 0; i < parts.length; i++) {
            shares[i] = (int) (parts[i] * THOUSANDTHS / sum);
            rests[i] = parts[i] * THOUSANDTHS % sum;
            left -= shares[i];
        }
        for (; left > 0; left--) {
            int next = leader(rests, predicted);
            rests[next] = -1;
            shares[next]++;
        }
        for (int rival = rival(shares, predicted); rival >= 0; rival = rival(shares, predicted)) {
            shares[rival]--;
            shares[predicted]++;
        }
        return shares;
    }

    /** The largest; of several the preferred one, else the first. */
    private static int leader(long[] values, int preferred) {
        int best = preferred;
        for (int i = 0; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** A class that is not behind the chosen one; -1 when there is none. */
    private static int rival(int[] shares, int predicted) {
        for (int i = 0; i < shares.length; i++) {
            if (i != predicted && shares[i] >= shares[predicted]) {
                return i;
            }
        }
        return -1;
    }
}
