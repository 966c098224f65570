package io.spikelet.host.link;

import io.spikelet.smp.SmpTopics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a board is, as a person writes it. */
public sealed interface Target {

    /** {@code serial:PATH} or {@code serial:PATH@BAUD}. */
    record Serial(String path, int baud) implements Target {
        @Override
        public String toString() {
            return "serial:" + path + "@" + baud;
        }
    }

    /** {@code mqtt:HOST[:PORT]/DEVICE}, or {@code mqtts:} for TLS. */
    record Mqtt(boolean tls, String host, int port, String device) implements Target {
        @Override
        public String toString() {
            return (tls ? "mqtts:" : "mqtt:") + shown(host) + ":" + port + "/" + device;
        }
    }

    /** {@code udp:HOST[:PORT]}. */
    record Udp(String host, int port) implements Target {
        @Override
        public String toString() {
            return "udp:" + shown(host) + ":" + port;
        }
    }

    /** {@code tcp:HOST:PORT}. */
    record Tcp(String host, int port) implements Target {
        @Override
        public String toString() {
            return "tcp:" + shown(host) + ":" + port;
        }
    }

    int DEFAULT_BAUD = 115_200;
    int MAX_BAUD = 4_000_000;
    int DEFAULT_PORT = 1883;
    int DEFAULT_TLS_PORT = 8883;

    /** Where SMP servers listen for UDP. */
    int DEFAULT_UDP_PORT = 1337;

    Pattern SERIAL = Pattern.compile("serial:(?<path>.+?)(@(?<baud>\\d{1,9}))?");
    String HOST = "(?<host>\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+)";
    Pattern MQTT = Pattern.compile("mqtt(?<tls>s?):" + HOST + "(:(?<port>\\d{1,9}))?/(?<device>[^/]+)");
    Pattern UDP = Pattern.compile("udp:" + HOST + "(:(?<port>\\d{1,9}))?");
    Pattern TCP = Pattern.compile("tcp:" + HOST + ":(?<port>\\d{1,9})");

    /**
     * Reads a target.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    static Target parse(String text) {
        Matcher serial = SERIAL.matcher(text);
        if (serial.matches()) {
            return new Serial(
                    serial.group("path"), number(text, "baud rate", serial.group("baud"), DEFAULT_BAUD, MAX_BAUD));
        }
        Matcher udp = UDP.matcher(text);
        if (udp.matches()) {
            return new Udp(plain(udp.group("host")), number(text, "port", udp.group("port"), DEFAULT_UDP_PORT, 0xFFFF));
        }
        Matcher tcp = TCP.matcher(text);
        if (tcp.matches()) {
            return new Tcp(plain(tcp.group("host")), number(text, "port", tcp.group("port"), 0, 0xFFFF));
        }
        return mqtt(text);
    }

    private static Target mqtt(String text) {
        Matcher mqtt = MQTT.matcher(text);
        if (!mqtt.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" names no board; write serial:/dev/ttyACM0, "
                    + "serial:/dev/ttyACM0@115200, udp:board.local, tcp:board.local:1337, mqtt:broker.local/board-1 or "
                    + "mqtts:broker.local:8883/board-1");
        }
        if (!SmpTopics.isDevice(mqtt.group("device"))) {
            throw new IllegalArgumentException("\"" + mqtt.group("device") + "\" in \"" + text
                    + "\" is no device's name; it has 1 to 64 letters, digits, dots, dashes and underscores");
        }
        boolean tls = !mqtt.group("tls").isEmpty();
        String host = plain(mqtt.group("host"));
        int port = number(text, "port", mqtt.group("port"), tls ? DEFAULT_TLS_PORT : DEFAULT_PORT, 0xFFFF);
        return new Mqtt(tls, host, port, mqtt.group("device"));
    }

    /** An address of IPv6 without its brackets. */
    private static String plain(String host) {
        return host.replaceAll("[\\[\\]]", "");
    }

    private static String shown(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static int number(String text, String what, String digits, int absent, int max) {
        int number = digits == null ? absent : Integer.parseInt(digits);
        if (number < 1 || number > max) {
            throw new IllegalArgumentException(
                    "the " + what + " in \"" + text + "\" must be 1 to " + max + ", not " + number);
        }
        return number;
    }
}
