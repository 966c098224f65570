package io.spikelet.host.report;

/** Told after every sample of a long run, on the thread that runs. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    /**
     * One more sample is done.
     *
     * @param done samples so far
     * @param total samples of the whole run
     */
    void update(int done, int total);
}
