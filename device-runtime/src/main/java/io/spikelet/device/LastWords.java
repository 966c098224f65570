package io.spikelet.device;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Why a board ended or started again by itself, for the next start to tell: one sentence in a file. */
final class LastWords {
    static final String FILE = "last-words.txt";
    private static final int MOST_BYTES = 512;

    private LastWords() {}

    static void write(Store store, String sentence) throws IOException {
        byte[] bytes = sentence.getBytes(StandardCharsets.UTF_8);
        store.write(FILE, Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES)));
    }

    static Optional<String> read(Store store) throws IOException {
        return store.read(FILE).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** They were told. */
    static void delete(Store store) throws IOException {
        if (store.size(FILE) >= 0) {
            store.delete(FILE);
        }
    }
}
