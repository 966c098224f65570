package io.spikelet.host.fleet.sparkplug;

import java.nio.charset.StandardCharsets;

/** What a host application says of itself. */
public final class HostMessages {
    private HostMessages() {}

    /** @param timestamp ms since 1970; the same in the will and in the birth of one connection */
    public static byte[] state(boolean online, long timestamp) {
        return ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}").getBytes(StandardCharsets.UTF_8);
    }
}
