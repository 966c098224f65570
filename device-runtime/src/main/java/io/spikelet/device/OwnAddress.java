package io.spikelet.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Where a board listens.
 *
 * @param host an address or name of this machine
 * @param port 1..65535
 */
record OwnAddress(String host, int port) {
    /** Nobody else's machine reaches it. */
    static final String THIS_MACHINE_ALONE = "127.0.0.1";

    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("((?<host>\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+):)?(?<port>\\d{1,9})");

    /** Reads {@code [ADDRESS:]PORT}; without an address it is this machine's own. */
    static OwnAddress parse(String option, String text) throws BadUseException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new BadUseException(option + " takes PORT or ADDRESS:PORT, not \"" + text + "\"");
        }
        int port = Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > MAX_PORT) {
            throw new BadUseException(option + ": a port is 1 to " + MAX_PORT + ", not " + port);
        }
        String host = matcher.group("host");
        return new OwnAddress(host == null ? THIS_MACHINE_ALONE : host.replaceAll("[\\[\\]]", ""), port);
    }

    /** Says so when others than this machine can talk to the board there. */
    void warnOfOthers(String protocol) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            return; // listening there says so
        }
        LoggerFactory.getLogger(OwnAddress.class)
                .warn(
                        "{}:{} lets in everybody who reaches this board, without a password; images still need their"
                                + " signature",
                        protocol,
                        this);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
