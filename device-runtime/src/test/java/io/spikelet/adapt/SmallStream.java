package io.spikelet.adapt;

import java.util.Random;

/** Samples of three classes over the inputs of {@link SmallNetworks}: a third of them mostly on, the others mostly off. */
final class SmallStream {
    static final int CLASSES = 3;

    private SmallStream() {}

    /** The n-th sample, always the same. */
    static byte[] sample(long n) {
        Random random = new Random(n * 7919 + 13);
        byte[] sample = new byte[SmallNetworks.INPUTS];
        for (int i = 0; i < sample.length; i++) {
            boolean isOwn = i * CLASSES / sample.length == label(n);
            sample[i] = (byte) (random.nextInt(10) < (isOwn ? 8 : 2) ? 1 : 0);
        }
        return sample;
    }

    static int label(long n) {
        return (int) (n * 2 % CLASSES);
    }
}
