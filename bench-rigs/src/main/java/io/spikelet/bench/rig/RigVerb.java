package io.spikelet.bench.rig;

import io.spikelet.host.cli.Verb;

/** Adds {@code rig} to the verbs of {@code spikelet}. */
public final class RigVerb implements Verb {
    /** For the service loader. */
    public RigVerb() {
        // Nothing to prepare.
    }

    @Override
    public Object command() {
        return new RigCommand();
    }
}
