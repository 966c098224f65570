package io.spikelet.hal.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which broker to connect to and how. Begin with {@link #of} and add with the {@code with…} methods.
 *
 * @param broker {@code mqtt://HOST[:1883]}, or {@code mqtts://HOST[:8883]} for TLS with a check of the host name
 * @param clientId unique at the broker; a second client of the same name throws the first one out
 * @param user a user name, for brokers that want one
 * @param password only with a user; copied, never printed
 * @param will what the broker publishes when this client goes without saying goodbye
 * @param caFile PEM certificates to trust in place of the system's
 * @param clientCertificate a PEM certificate chain to show to the broker; only together with {@code clientKey}
 * @param clientKey the unencrypted PKCS #8 PEM private key of {@code clientCertificate}
 * @param connectTimeout how long to wait for the connection, and then for each acknowledgement
 * @param keepAlive the longest silence before the client and the broker take each other for gone; whole seconds
 */
public record MqttOptions(
        URI broker,
        String clientId,
        Optional<String> user,
        Optional<char[]> password,
        Optional<Will> will,
        Optional<Path> caFile,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey,
        Duration connectTimeout,
        Duration keepAlive) {
    private static final String PLAIN = "mqtt";
    private static final String WITH_TLS = "mqtts";
    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int MAX_CLIENT_ID_CHARS = 65_535 / 3;
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);
    private static final long MAX_KEEP_ALIVE_SECONDS = 65_535;

    public MqttOptions {
        String scheme = Objects.requireNonNull(broker, "broker").getScheme();
        boolean known = PLAIN.equals(scheme) || WITH_TLS.equals(scheme);
        boolean bare = broker.getRawUserInfo() == null
                && (broker.getRawPath() == null || broker.getRawPath().isEmpty() || "/".equals(broker.getRawPath()))
                && broker.getRawQuery() == null
                && broker.getRawFragment() == null;
        if (!known || !bare || broker.getHost() == null || broker.getPort() == 0 || broker.getPort() > 65_535) {
            // The user part of an address may hold a password, so the address is not repeated here.
            throw new IllegalArgumentException(
                    "broker must be mqtt://HOST, mqtt://HOST:PORT, mqtts://HOST or mqtts://HOST:PORT and nothing more");
        }
        boolean tls = WITH_TLS.equals(scheme);
        if (clientId.isBlank() || clientId.length() > MAX_CLIENT_ID_CHARS) {
            throw new IllegalArgumentException(
                    "clientId must have 1 to " + MAX_CLIENT_ID_CHARS + " characters: " + clientId.length());
        }
        if (password.isPresent() && user.isEmpty()) {
            throw new IllegalArgumentException("password without user");
        }
        if (clientCertificate.isPresent() != clientKey.isPresent()) {
            throw new IllegalArgumentException("clientCertificate and clientKey go together: certificate "
                    + clientCertificate.orElse(null) + ", key " + clientKey.orElse(null));
        }
        if (!tls && (caFile.isPresent() || clientCertificate.isPresent())) {
            throw new IllegalArgumentException("certificates need an mqtts address: " + broker);
        }
        if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("connectTimeout must be 1 ms to " + MAX_WAIT + ": " + connectTimeout);
        }
        if (keepAlive.getSeconds() < 1 || keepAlive.getSeconds() > MAX_KEEP_ALIVE_SECONDS) {
            throw new IllegalArgumentException(
                    "keepAlive must be 1 to " + MAX_KEEP_ALIVE_SECONDS + " seconds: " + keepAlive);
        }
        password = password.map(char[]::clone);
    }

    /** Neither credentials nor will, the system's trust, 10 seconds to connect, 30 seconds of keep-alive. */
    public static MqttOptions of(URI broker, String clientId) {
        return new MqttOptions(
                broker,
                clientId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    public MqttOptions withCredentials(String newUser, char[] newPassword) {
        return new MqttOptions(
                broker,
                clientId,
                Optional.of(newUser),
                Optional.of(newPassword),
                will,
                caFile,
                clientCertificate,
                clientKey,
                connectTimeout,
                keepAlive);
    }

    public MqttOptions withWill(Will newWill) {
        return new MqttOptions(
                broker,
                clientId,
                user,
                password,
                Optional.of(newWill),
                caFile,
                clientCertificate,
                clientKey,
                connectTimeout,
                keepAlive);
    }

    public MqttOptions withCaFile(Path newCaFile) {
        return new MqttOptions(
                broker,
                clientId,
                user,
                password,
                will,
                Optional.of(newCaFile),
                clientCertificate,
                clientKey,
                connectTimeout,
                keepAlive);
    }

    public MqttOptions withClientCertificate(Path certificate, Path key) {
        return new MqttOptions(
                broker,
                clientId,
                user,
                password,
                will,
                caFile,
                Optional.of(certificate),
                Optional.of(key),
                connectTimeout,
                keepAlive);
    }

    public MqttOptions withTimes(Duration newConnectTimeout, Duration newKeepAlive) {
        return new MqttOptions(
                broker,
                clientId,
                user,
                password,
                will,
                caFile,
                clientCertificate,
                clientKey,
                newConnectTimeout,
                newKeepAlive);
    }

    @Override
    public Optional<char[]> password() {
        return password.map(char[]::clone);
    }

    /** Whether the connection is encrypted. */
    public boolean tls() {
        return WITH_TLS.equals(broker.getScheme());
    }

    public String host() {
        return broker.getHost();
    }

    /** The port in the address, or the usual one of its scheme. */
    public int port() {
        return broker.getPort() > 0 ? broker.getPort() : tls() ? TLS_PORT : PLAIN_PORT;
    }

    /** Everything but the password and the will's payload. */
    @Override
    public String toString() {
        return "MqttOptions[broker=" + broker + ", clientId=" + clientId + ", user=" + user.orElse("none")
                + ", password=" + (password.isPresent() ? "given" : "none")
                + ", will=" + will.map(Will::topic).orElse("none")
                + ", caFile=" + caFile.map(Path::toString).orElse("none")
                + ", clientCertificate="
                + clientCertificate.map(Path::toString).orElse("none")
                + ", connectTimeout=" + connectTimeout + ", keepAlive=" + keepAlive + "]";
    }
}
