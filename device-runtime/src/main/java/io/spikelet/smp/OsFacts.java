package io.spikelet.smp;

/**
 * What a board says of itself to the os group's info command, in the order in which the answer lists it.
 *
 * @param kernel {@code s}: such as Linux
 * @param node {@code n}: the device's name
 * @param release {@code r}: the kernel's release
 * @param version {@code v}: the version of the runtime
 * @param machine {@code m}: such as aarch64
 * @param processor {@code p}: the processor, or the machine again
 * @param platform {@code i}: the board's model
 * @param operatingSystem {@code o}: what carries the board's software
 */
public record OsFacts(
        String kernel,
        String node,
        String release,
        String version,
        String machine,
        String processor,
        String platform,
        String operatingSystem) {

    /** Facts from the Java machine this runs on. */
    public static OsFacts ofThisMachine(String node, String version, String platform) {
        String machine = System.getProperty("os.arch");
        return new OsFacts(
                System.getProperty("os.name"),
                node,
                System.getProperty("os.version"),
                version,
                machine,
                machine,
                platform,
                "Java " + Runtime.version().feature());
    }

    /** The value of one format letter; null when there is no such letter. */
    String of(char letter) {
        return switch (letter) {
            case 's' -> kernel;
            case 'n' -> node;
            case 'r' -> release;
            case 'v' -> version;
            case 'm' -> machine;
            case 'p' -> processor;
            case 'i' -> platform;
            case 'o' -> operatingSystem;
            default -> null;
        };
    }
}
