package io.spikelet.hal.mqtt;

import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.LinkUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Puts Paho's numbered failures into sentences. */
final class Refusals {
    private Refusals() {}

    /** What failed while connecting. */
    static IOException connecting(MqttException failed, String address, MqttOptions options) {
        Optional<SSLException> tls = cause(failed, SSLException.class);
        if (tls.isPresent()) {
            return noTls(failed, tls.get(), address, options);
        }
        String by = "the broker at " + address + " refused " + options.clientId() + ": ";
        return switch (failed.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
                new BrokerRefusedException(by + "wrong user name or password; give the right ones", failed);
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                new BrokerRefusedException(
                        by + "not authorised; "
                                + (options.user().isPresent()
                                        ? "check user name and password, or ask for the right to connect"
                                        : "give a user name and password"),
                        failed);
            case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
                new BrokerRefusedException(by + "it does not take this client name; give another", failed);
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
                new BrokerRefusedException(by + "it does not speak MQTT 3.1.1; use a broker that does", failed);
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE ->
                new LinkUnavailableException(
                        "the broker at " + address + " says that it is unavailable; try again later", failed);
            default -> hungUp(failed) && options.tls() ? shutOut(failed, address, options) : notThere(failed, address);
        };
    }

    /** Whether something was there and went without an answer. */
    private static boolean hungUp(MqttException failed) {
        boolean reset = cause(failed, SocketException.class).isPresent()
                && cause(failed, ConnectException.class).isEmpty()
                && cause(failed, NoRouteToHostException.class).isEmpty();
        return reset || cause(failed, EOFException.class).isPresent();
    }

    /** TLS 1.3 tells a client that its certificate is not taken only after the handshake, if at all. */
    private static IOException shutOut(MqttException failed, String address, MqttOptions options) {
        return new IOException(
                "the broker at " + address + " hung up after the TLS handshake; check "
                        + (options.clientCertificate().isPresent()
                                ? "that it trusts the client certificate"
                                : "whether it wants a client certificate"),
                failed);
    }

    private static LinkUnavailableException notThere(MqttException failed, String address) {
        if (cause(failed, UnknownHostException.class).isPresent()) {
            return new LinkUnavailableException(
                    "no MQTT broker at " + address + ": no such host; give another address", failed);
        }
        return new LinkUnavailableException(
                "no MQTT broker answers at " + address + "; start it or give another address", failed);
    }

    private static IOException noTls(MqttException failed, SSLException tls, String address, MqttOptions options) {
        Optional<CertificateException> certificate = cause(tls, CertificateException.class);
        if (certificate.isPresent()) {
            return new IOException(
                    "the certificate of the broker at " + address + " is not trusted ("
                            + certificate.get().getMessage() + "); give the right CA file and the name in the"
                            + " certificate",
                    failed);
        }
        return new IOException(
                "no TLS with the broker at " + address + " (" + tls.getMessage() + "); check that the port speaks TLS"
                        + (options.clientCertificate().isPresent()
                                ? " and that the broker trusts the client certificate"
                                : " and whether the broker wants a client certificate"),
                failed);
    }

    /** What failed on a connection that had been made. */
    static IOException using(MqttException failed, String address, String doing) {
        return switch (failed.getReasonCode()) {
            case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
                new IOException(
                        "the broker at " + address + " did not acknowledge in time " + doing + "; connect anew",
                        failed);
            case MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttException.REASON_CODE_CLIENT_CLOSED ->
                new IOException(
                        "the connection to the broker at " + address + " was lost " + doing + "; connect anew", failed);
            default ->
                new IOException(
                        doing + " failed at the broker at " + address + " (Paho reason " + failed.getReasonCode()
                                + "); connect anew",
                        failed);
        };
    }

    static IOException lost(String address) {
        return new IOException("the connection to the broker at " + address + " is lost; connect anew");
    }

    static boolean isAlreadyGone(MqttException failed) {
        return switch (failed.getReasonCode()) {
            case MqttException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_CLOSED -> true;
            default -> false;
        };
    }

    private static <T extends Throwable> Optional<T> cause(Throwable from, Class<T> type) {
        for (Throwable next = from; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return Optional.of(type.cast(next));
            }
        }
        return Optional.empty();
    }
}
