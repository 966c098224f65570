package io.spikelet.smp;

import java.util.regex.Pattern;

/** Where SMP messages travel on a broker: whole messages, unframed, QoS 1, not retained. */
public final class SmpTopics {

    /** One topic level that holds no wildcard and no separator. */
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private SmpTopics() {}

    /** Where a device listens. */
    public static String request(String device) {
        return "spikelet/" + checked(device) + "/smp/request";
    }

    /** Where a device answers. */
    public static String response(String device) {
        return "spikelet/" + checked(device) + "/smp/response";
    }

    /** Whether {@code device} can stand in a topic: 1 to 64 letters, digits, dots, dashes and underscores. */
    public static boolean isDevice(String device) {
        return DEVICE.matcher(device).matches();
    }

    private static String checked(String device) {
        if (!isDevice(device)) {
            throw new IllegalArgumentException(
                    "a device's name has 1 to 64 letters, digits, dots, dashes and " + "underscores: device=" + device);
        }
        return device;
    }
}
