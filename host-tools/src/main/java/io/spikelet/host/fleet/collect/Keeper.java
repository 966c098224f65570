package io.spikelet.host.fleet.collect;

import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import java.util.List;

/** Where a collector puts what is to be kept; called on its thread, so it must not wait. */
public interface Keeper {
    /** Keeps nothing. */
    Keeper NONE = new Keeper() {
        @Override
        public void keep(List<Reading> readings) {}

        @Override
        public void keep(FleetEvent event) {}
    };

    /** The readings of one message. */
    void keep(List<Reading> readings);

    void keep(FleetEvent event);
}
