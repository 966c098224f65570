package io.spikelet.telemetry;

import java.util.Optional;

/**
 * How a board's telemetry behaves.
 *
 * @param primaryHost the host application without which nothing is published, or empty
 * @param deadBands until a host commands others
 * @param storeBytes how much the outbox may take on the store, {@link #LEAST_STORE_BYTES} to {@link #MOST_STORE_BYTES}
 * @param replayPerSecond stored records sent in a second at most, 1 to 10,000
 * @param leaveOutDoubtful what becomes of a record that was on its way when the connection broke, where the host does not
 *     say whether it has it: sent again, and perhaps there twice, or left out and counted as dropped
 */
public record TelemetrySettings(
        Optional<String> primaryHost,
        DeadBands deadBands,
        long storeBytes,
        int replayPerSecond,
        boolean leaveOutDoubtful) {
    public static final long LEAST_STORE_BYTES = Outbox.LEAST_BYTES;
    public static final long MOST_STORE_BYTES = 1L << 30;

    /** No primary host, 4 MiB, which are hours, and 100 records a second. */
    public static final TelemetrySettings DEFAULT =
            new TelemetrySettings(Optional.empty(), DeadBands.DEFAULT, 4L << 20, 100, false);

    private static final int MOST_PER_SECOND = 10_000;

    public TelemetrySettings {
        primaryHost.ifPresent(host -> EdgeNode.requireTopicLevel("primary host", host));
        if (storeBytes < LEAST_STORE_BYTES || storeBytes > MOST_STORE_BYTES) {
            throw new IllegalArgumentException(
                    "storeBytes must be " + LEAST_STORE_BYTES + " to " + MOST_STORE_BYTES + ": " + storeBytes);
        }
        if (replayPerSecond < 1 || replayPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "replayPerSecond must be 1 to " + MOST_PER_SECOND + ": " + replayPerSecond);
        }
    }
}
