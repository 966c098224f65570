package io.spikelet.device;

/**
 * Where a device's SMP messages travel on a broker, unframed, QoS 1, not retained.
 *
 * @param request the board listens here
 * @param response the board answers here
 */
public record SmpTopics(String request, String response) {

    public static SmpTopics of(String device) {
        return new SmpTopics("spikelet/" + device + "/smp/request", "spikelet/" + device + "/smp/response");
    }
}
