package io.spikelet.host.fleet.verb;

import io.spikelet.host.cli.Verb;

/** Brings {@code spikelet dashboard} along. */
public final class DashboardVerb implements Verb {
    /** For the service loader. */
    public DashboardVerb() {}

    @Override
    public Object command() {
        return new DashboardCommand();
    }
}
