package io.spikelet.host.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an {@link EmbeddedBroker} listens, whom it lets in and where it keeps messages.
 *
 * @param host the address to listen on; {@code 127.0.0.1} is reached from this machine alone
 * @param port the port to listen on, 0..65535; 0 takes any free one
 * @param passwords password by user name, both non-empty
 * @param anonymous whether a client that names no user is let in
 * @param dataFolder where messages outlive the broker; empty keeps them in memory alone
 */
public record BrokerOptions(
        String host, int port, Map<String, String> passwords, boolean anonymous, Optional<Path> dataFolder) {

    public BrokerOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must name an address to listen on");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535: port=" + port);
        }
        passwords.forEach((user, password) -> {
            if (user.isEmpty() || password.isEmpty()) {
                throw new IllegalArgumentException("a user needs a name and a password: user='" + user + "'");
            }
        });
        if (passwords.isEmpty() && !anonymous) {
            throw new IllegalArgumentException("nobody could connect: name a user or allow anonymous clients");
        }
        passwords = Map.copyOf(passwords);
    }

    /** A broker in memory, on a free port of this machine, for one user. */
    public static BrokerOptions forUser(String user, String password) {
        return new BrokerOptions("127.0.0.1", 0, Map.of(user, password), false, Optional.empty());
    }

    /** A broker in memory, on a free port of this machine, open to every process of this machine. */
    public static BrokerOptions open() {
        return new BrokerOptions("127.0.0.1", 0, Map.of(), true, Optional.empty());
    }

    public BrokerOptions withUser(String user, String password) {
        Map<String, String> more = new LinkedHashMap<>(passwords);
        more.put(user, password);
        return new BrokerOptions(host, port, more, anonymous, dataFolder);
    }

    public BrokerOptions listeningOn(String otherHost, int otherPort) {
        return new BrokerOptions(otherHost, otherPort, passwords, anonymous, dataFolder);
    }

    public BrokerOptions keepingDataIn(Path folder) {
        return new BrokerOptions(host, port, passwords, anonymous, Optional.of(folder));
    }

    /** Says everything but the passwords. */
    @Override
    public String toString() {
        return "BrokerOptions[%s:%d, users %s, anonymous %s, data %s]"
                .formatted(
                        host,
                        port,
                        passwords.keySet(),
                        anonymous,
                        dataFolder.map(Path::toString).orElse("none"));
    }
}
