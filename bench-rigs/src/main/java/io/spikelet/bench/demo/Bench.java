package io.spikelet.bench.demo;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Patience;
import io.spikelet.host.link.Target;
import io.spikelet.model.container.ImageKey;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What stands on the bench: keys, a broker with two users, a serial cable, and a board at its other end. */
final class Bench implements Closeable {
    private static final String BOARD = "board-1";
    private static final String HOST_USER = "host";
    private static final int PASSWORD_BYTES = 12;

    /** A board whose plug was pulled does not answer; the demo does not wait long for it. */
    private static final Patience SHORT = new Patience(700, 2, 100);

    private final Path home;
    private final Path folder;
    private final Closeable taken;
    private final ImageKey.Private key;
    private final EmbeddedBroker broker;
    private final SerialCable cable;
    private final Path hostPassword;
    private BoardProcess board;

    private Bench(
            Path home, Path folder, Closeable taken, ImageKey.Private key, EmbeddedBroker broker, SerialCable cable) {
        this.taken = taken;
        this.home = home;
        this.folder = folder;
        this.key = key;
        this.broker = broker;
        this.cable = cable;
        this.hostPassword = folder.resolve("host.password");
    }

    /** Lays everything out in a folder, which must be new or one that an earlier demo left. */
    static Bench set(Path home, Path folder) throws IOException {
        Closeable taken = DemoFolder.take(folder);
        ImageKey.Private key = ImageKey.Private.generate();
        key.write(folder.resolve("demo-key.pem"));
        key.publicKey().write(folder.resolve("demo-key.pub.pem"));
        String hostPassword = secret(folder.resolve("host.password"));
        String boardPassword = secret(folder.resolve("board.password"));
        EmbeddedBroker broker = EmbeddedBroker.start(
                BrokerOptions.forUser(HOST_USER, hostPassword).withUser(BOARD, boardPassword));
        try {
            return new Bench(home, folder, taken, key, broker, SerialCable.open());
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    private static String secret(Path file) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
        return password;
    }

    /** Gives the board its name and the key it trusts, and switches it on. */
    void provisionBoard() throws IOException {
        BoardProcess.provision(home, folder.resolve("board"), BOARD, folder.resolve("demo-key.pub.pem"));
        switchOn();
    }

    void switchOn() throws IOException {
        board = BoardProcess.start(
                home,
                folder.resolve("board"),
                folder.resolve("board.log"),
                List.of(
                        "--serial",
                        cable.left(),
                        "--mqtt",
                        mqtt().toString(),
                        "--mqtt-user",
                        BOARD,
                        "--mqtt-password-file",
                        folder.resolve("board.password").toString()));
    }

    void pullThePlug() throws IOException {
        board.kill();
    }

    BoardClient overSerial() throws IOException {
        return Links.open(Target.parse("serial:" + cable.right()), LinkSettings.NONE);
    }

    BoardClient overSerialWithShortPatience() throws IOException {
        return Links.open(Target.parse("serial:" + cable.right()), LinkSettings.NONE, SHORT);
    }

    BoardClient overMqtt() throws IOException {
        Target target = Target.parse("mqtt:" + mqtt().getHost() + ":" + mqtt().getPort() + "/" + BOARD);
        return Links.open(
                target, new LinkSettings(Optional.of(HOST_USER), Optional.of(hostPassword), Optional.empty()));
    }

    TelemetryWatch telemetry() throws IOException {
        char[] password = Files.readString(hostPassword).strip().toCharArray();
        return TelemetryWatch.open(MqttOptions.of(mqtt(), "demo-telemetry").withCredentials(HOST_USER, password));
    }

    private URI mqtt() {
        return URI.create(
                "mqtt://" + broker.uri().getHost() + ":" + broker.uri().getPort());
    }

    ImageKey.Private key() {
        return key;
    }

    Path folder() {
        return folder;
    }

    String places() {
        return "serial " + cable.left() + " ⇄ " + cable.right() + ", broker " + mqtt();
    }

    @Override
    public void close() throws IOException {
        if (board != null) {
            board.close();
        }
        cable.close();
        broker.close();
        taken.close();
    }
}
