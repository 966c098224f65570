package io.spikelet.host.fleet.sparkplug;

import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.nio.charset.StandardCharsets;

/** What a host application says. */
public final class HostMessages {
    private static final int BOOLEAN = 11;

    private HostMessages() {}

    /** The command that asks a node for a new birth. */
    public static byte[] rebirth(long now) {
        return Payload.newBuilder()
                .setTimestamp(now)
                .addMetrics(Metric.newBuilder()
                        .setName("Node Control/Rebirth")
                        .setTimestamp(now)
                        .setDatatype(BOOLEAN)
                        .setBooleanValue(true))
                .build()
                .toByteArray();
    }

    /** @param timestamp ms since 1970; the same in the will and in the birth of one connection */
    public static byte[] state(boolean online, long timestamp) {
        return ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}").getBytes(StandardCharsets.UTF_8);
    }
}
