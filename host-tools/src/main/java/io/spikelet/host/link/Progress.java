package io.spikelet.host.link;

/** Told how far long work has come. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks. */
    Progress SILENT = (done, total) -> {};

    /** {@code done} of {@code total} bytes; it may fall back when the board asks for something again. */
    void at(long done, long total);
}
