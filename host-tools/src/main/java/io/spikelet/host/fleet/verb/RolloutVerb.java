package io.spikelet.host.fleet.verb;

import io.spikelet.host.cli.Verb;

/** Brings {@code spikelet rollout} along. */
public final class RolloutVerb implements Verb {
    /** For the service loader. */
    public RolloutVerb() {}

    @Override
    public Object command() {
        return new RolloutCommand();
    }
}
