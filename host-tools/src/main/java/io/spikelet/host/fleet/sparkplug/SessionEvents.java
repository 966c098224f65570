package io.spikelet.host.fleet.sparkplug;

import io.spikelet.host.fleet.MetricValue;
import java.util.List;

/** Told what a node's messages mean, on the thread that took them. */
public interface SessionEvents {

    /**
     * One metric with its name.
     *
     * @param historical whether it says nothing of the present
     */
    record Named(String metric, MetricValue value, boolean historical) {}

    /** The node said all that it has. */
    void born(long sentAt, List<Named> metrics);

    /** A part changed: of the node, or of a device, whose metrics are named {@code DEVICE/METRIC}. */
    void data(long sentAt, List<Named> metrics);

    /** The node is gone. */
    void died();

    /** So many messages were sent and did not come. */
    void missing(int messages);

    /** The node's state cannot be known without a new birth. */
    void birthNeeded(String why);

    /** So many metrics had an alias that no birth explained, and were left out. */
    void unknownAliases(int metrics);
}
