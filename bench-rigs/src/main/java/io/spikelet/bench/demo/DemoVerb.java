package io.spikelet.bench.demo;

import io.spikelet.host.cli.Verb;

/** Adds {@code demo} to the verbs of {@code spikelet}. */
public final class DemoVerb implements Verb {
    /** For the service loader. */
    public DemoVerb() {
        // Nothing to prepare.
    }

    @Override
    public Object command() {
        return new DemoCommand();
    }
}
