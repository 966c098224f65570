package io.spikelet.host.fleet.verb;

import io.spikelet.host.cli.Verb;

/** Brings {@code spikelet collect} along. */
public final class CollectVerb implements Verb {
    /** For the service loader. */
    public CollectVerb() {}

    @Override
    public Object command() {
        return new CollectCommand();
    }
}
