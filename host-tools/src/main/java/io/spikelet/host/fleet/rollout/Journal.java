package io.spikelet.host.fleet.rollout;

import io.spikelet.host.WholeFile;
import io.spikelet.host.fleet.store.FleetStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a roll-out's state: in its file before each step, and in the store for whoever looks at the page. */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long MOST_BYTES = 64L << 20;

    private final Path file;
    private final FleetStore store;

    public Journal(Path file, FleetStore store) {
        this.file = file;
        this.store = store;
    }

    /** Whether there is a roll-out to go on with. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** @throws IOException naming the file when it cannot be read or is no roll-out's */
    public RolloutState read() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is no roll-out's state: it is too large");
        }
        try {
            return RolloutJson.read(Files.readString(file));
        } catch (IOException failure) {
            throw new IOException(file + " is no roll-out's state: " + failure.getMessage(), failure);
        }
    }

    /**
     * Writes the state to the medium; the store is told as well, but nothing hangs on that.
     *
     * @throws IOException when the file cannot be written: then no step may be taken
     */
    public synchronized void write(RolloutState state) throws IOException {
        byte[] bytes = RolloutJson.whole(state).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, draft -> Files.write(draft, bytes));
        try {
            store.saveRollout(state.id(), RolloutJson.figures(state));
        } catch (IOException notShown) {
            LOG.warn("the page does not show the roll-out as it is: {}", notShown.getMessage());
        }
    }
}
