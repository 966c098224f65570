package io.spikelet.dut;

import java.io.IOException;
import java.util.Optional;

/**
 * Work that would hold up the thread that owns the model for too long, cut in slices between which that thread does what
 * else is due. Begun and watched by another thread.
 */
public abstract class SlicedWork {
    private volatile boolean ended;
    private volatile String failure;
    private volatile Runnable watcher = () -> {};

    /** Nothing has been done yet. */
    protected SlicedWork() {}

    /** Does a part, on the thread that owns the model. Returns whether more is left. */
    protected abstract boolean slice() throws IOException;

    /**
     * Does a part unless it has ended.
     *
     * @return whether more is left
     * @throws IOException when it fails; it has ended then
     */
    public final boolean turn() throws IOException {
        if (ended) {
            return false;
        }
        try {
            if (slice()) {
                return true;
            }
        } catch (IOException | RuntimeException failed) {
            end(failed.getMessage() == null ? failed.toString() : failed.getMessage());
            throw failed;
        }
        ended = true;
        changed();
        return false;
    }

    /** Ends it before its time; from any thread. */
    public final void end(String sentence) {
        failure = sentence;
        ended = true;
        changed();
    }

    /** Who is told when something of it changed, before it begins; called by the thread that owns the model, so it may not wait. */
    final void watch(Runnable told) {
        watcher = told;
    }

    /** Tells the watcher. */
    protected final void changed() {
        watcher.run();
    }

    final boolean hasEnded() {
        return ended;
    }

    /** Why it ended before its time. */
    final Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
