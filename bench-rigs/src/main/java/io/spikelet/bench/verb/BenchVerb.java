package io.spikelet.bench.verb;

import io.spikelet.host.cli.Verb;

/** Adds {@code bench} to the verbs of {@code spikelet}. */
public final class BenchVerb implements Verb {
    /** For the service loader. */
    public BenchVerb() {
        // Nothing to prepare.
    }

    @Override
    public Object command() {
        return new BenchCommand();
    }
}
