package io.spikelet.host.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fold of a cross-validation. Folds are stratified and depend on nothing but labels and order: the k-th sample of
 * its class, from 0, belongs to fold {@code k mod folds + 1}.
 *
 * @param held the fold that is tested, 1..folds
 * @param folds 2..1000
 */
public record Fold(int held, int folds) {
    private static final int MAX_FOLDS = 1000;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    public Fold {
        if (folds < 2 || folds > MAX_FOLDS || held < 1 || held > folds) {
            throw new IllegalArgumentException("a fold is K/N with N of 2.." + MAX_FOLDS + " and K of 1..N, such as"
                    + " 3/5: " + held + "/" + folds);
        }
    }

    /**
     * Reads {@code 3/5}.
     *
     * @throws IllegalArgumentException when a text is no fold
     */
    public static Fold parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("a fold is written K/N, such as 3/5, not '" + text + "'");
        }
        return new Fold(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    /**
     * Tells which samples belong to the held-out fold.
     *
     * @param labels (n) unsigned bytes
     * @return (n) true where a sample is held out
     */
    boolean[] heldOut(byte[] labels) {
        int[] met = new int[256];
        boolean[] heldOut = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            heldOut[i] = met[labels[i] & 0xff]++ % folds == held - 1;
        }
        return heldOut;
    }

    @Override
    public String toString() {
        return held + "/" + folds;
    }
}
