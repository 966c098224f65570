package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead-bands that a host commanded, as their text. */
final class BandsFile {
    static final String NAME = "telemetry-bands";
    private static final Logger LOG = LoggerFactory.getLogger(BandsFile.class);

    private BandsFile() {}

    /** Empty when none were commanded, or the file makes no sense, of which the log tells. */
    static Optional<DeadBands> read(Store store) throws IOException {
        Optional<byte[]> stored = store.read(NAME);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DeadBands.parse(new String(stored.get(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is not used: {}", NAME, e.getMessage());
            return Optional.empty();
        }
    }

    static void write(Store store, DeadBands bands) throws IOException {
        store.write(NAME, bands.toString().getBytes(StandardCharsets.UTF_8));
    }
}
