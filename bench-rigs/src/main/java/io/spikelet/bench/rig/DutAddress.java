package io.spikelet.bench.rig;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.host.link.LinkOpener;
import io.spikelet.host.link.Target;
import java.nio.file.Path;

/** Where a device under test is, as a person writes it. */
sealed interface DutAddress {
    int CONNECT_MILLIS = 5_000;
    String OWN = "board:";

    /**
     * A device that is there.
     *
     * @param target where its management protocol answers too, if it is a board of ours
     */
    record There(Target target, LinkOpener<ByteLink> opener) implements DutAddress {}

    /**
     * {@code board:IMAGE}: a board of ours, started in a process of its own on a pseudo-terminal.
     *
     * @param image that it runs
     */
    record Own(Path image) implements DutAddress {}

    /**
     * Reads {@code serial:PATH[@BAUD]}, {@code tcp:HOST:PORT} or {@code board:IMAGE}.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    static DutAddress parse(String text) {
        if (text.startsWith(OWN) && text.length() > OWN.length()) {
            return new Own(Path.of(text.substring(OWN.length())));
        }
        if (text.startsWith("serial:") || text.startsWith("tcp:")) {
            return switch (Target.parse(text)) {
                case Target.Serial serial -> new There(serial, () -> SerialLink.open(serial.path(), serial.baud()));
                case Target.Tcp tcp -> new There(tcp, () -> TcpLink.connect(tcp.host(), tcp.port(), CONNECT_MILLIS));
                default -> throw new IllegalStateException("no other target begins so: " + text);
            };
        }
        throw new IllegalArgumentException("\"" + text + "\" names no device under test; write serial:/dev/ttyACM0,"
                + " serial:/dev/ttyACM0@115200, tcp:bench.local:4001, or board:model.img for a board of ours on this"
                + " machine");
    }
}
