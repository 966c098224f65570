package io.spikelet.host;

/** Told how far long work has come, on the thread that does it. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks. */
    Progress SILENT = (done, total) -> {};

    /**
     * @param done of the whole work; it may fall back when a board asks for something again
     * @param total in the same unit: bytes of a transfer, samples of a run
     */
    void at(long done, long total);
}
