package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A real board process on a serial cable, UDP and TCP at once. */
@Isolated("reads all that this process says on standard error")
class SmpLinksIT {
    private static final int BAUD = 115_200;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int CHUNK = 400;
    private static final int WINDOW = 5;

    /** newtmgr counts its requests from here on. */
    private static final int FIRST_SEQUENCE = 66;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private DigitsRig rig;
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];
    private SerialLink line;
    private int sequence = FIRST_SEQUENCE - 1;

    @BeforeEach
    void provision() throws Exception {
        rig = DigitsRig.in(folder);
    }

    private static String freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static String freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    void shouldBeFlashedOverUdpAskedOverTcpAndWatchedOverBoth() throws Exception {
        ModelImage image = rig.signed("1.0.0", 0);
        Path file = folder.resolve("digits.img");
        ImageFile.write(file, image.bytes());
        String udp = freeUdpPort();
        String tcp = freeTcpPort();
        BoardProcess first = rig.start("--udp", udp, "--tcp", tcp);
        try (first) {
            String overUdp = "udp:127.0.0.1:" + udp;
            String overTcp = "tcp:127.0.0.1:" + tcp;
            CommandRun.of("flash", file, "--to", overUdp).requireDone();
            String answers = CommandRun.of(
                            "infer", "--to", overTcp, "--data", rig.digits(), "--limit", 40, "--against", file)
                    .requireDone()
                    .out();
            assertTrue(answers.contains("agree in every output spike of 40 samples"), answers);
            assertTrue(
                    CommandRun.of("device", "health", "--to", overUdp).out().contains("1.0.0"),
                    "the last start is told");
            String log = CommandRun.of("device", "log", "--to", overTcp).out();
            assertTrue(log.contains("reset: starting again"), log);
            CommandRun.of("device", "setting", "telemetry/period", 250, "--to", overUdp)
                    .requireDone();
            String profile = CommandRun.of("device", "profile", "--to", overUdp, "--data", rig.digits())
                    .out();
            assertTrue(profile.contains("readout"), profile);
        }
        BoardProcess second = rig.start("--udp", udp, "--tcp", tcp);
        try (second) {
            String kept = CommandRun.of("device", "setting", "telemetry/period", "--to", "tcp:127.0.0.1:" + tcp)
                    .out();
            assertEquals("telemetry/period = 250\n", kept);
        }
    }

    /** newtmgr's order on a line: v0, erase, five chunks in flight, trial, reset, confirmation. */
    @Test
    void shouldBeUpgradedOnALineByAClientOfTheFirstVersionWithFiveChunksInFlight() throws Exception {
        byte[] file = rig.signed("1.0.0", 0).bytes();
        SerialCable cable = SerialCable.open();
        BoardProcess board = rig.start("--serial", cable.left());
        try (cable;
                board;
                SerialLink opened = SerialLink.open(cable.right(), BAUD)) {
            line = opened;
            assertEquals(Map.of(), ask(SmpHeader.WRITE, 1, 5, Map.of()));
            upload(file, 0);
            byte[] hash = (byte[]) images().getFirst().get("hash");
            ask(SmpHeader.WRITE, 1, 0, Map.of("hash", hash, "confirm", false));
            assertEquals(Map.of(), ask(SmpHeader.WRITE, 0, 5, Map.of()));
            assertEquals(true, images().getFirst().get("active"));
            assertEquals(false, images().getFirst().get("confirmed"));
            ask(SmpHeader.WRITE, 1, 0, Map.of("confirm", true));
            assertEquals(true, images().getFirst().get("confirmed"));
            assertArrayEquals(hash, (byte[]) images().getFirst().get("hash"));
        }
    }

    /** SIGKILL with five chunks on the way, twice; then the upload goes on from the byte that is durable. */
    @Test
    void shouldGoOnWithAnUploadAfterTheProcessWasKilledWithChunksInFlight() throws Exception {
        byte[] file = rig.signed("1.0.0", 0).bytes();
        int wanted = 0;
        for (int kill = 0; kill < 2; kill++) {
            try (SerialCable cable = SerialCable.open();
                    BoardProcess board = rig.start("--serial", cable.left());
                    SerialLink opened = SerialLink.open(cable.right(), BAUD)) {
                line = opened;
                int resumed = begin(file);
                assertTrue(resumed >= wanted, "at " + resumed + ", durable were " + wanted);
                wanted = resumed;
                for (int i = 0; i < WINDOW; i++) {
                    send(SmpHeader.WRITE, 1, 1, chunk(file, wanted + i * CHUNK));
                }
                wanted = off(receive());
                board.kill();
            }
            deframer.clear();
            arrived.clear();
        }
        SerialCable cable = SerialCable.open();
        BoardProcess board = rig.start("--serial", cable.left());
        try (cable;
                board;
                SerialLink opened = SerialLink.open(cable.right(), BAUD)) {
            line = opened;
            int resumed = begin(file);
            assertTrue(resumed >= wanted && resumed < file.length, "at " + resumed + ", durable were " + wanted);
            upload(file, resumed);
            assertEquals("1.0.0", images().getFirst().get("version"));
        }
    }

    private int begin(byte[] file) throws Exception {
        Map<String, Object> first = new LinkedHashMap<>(chunk(file, 0));
        first.put("len", file.length);
        first.put("sha", MessageDigest.getInstance("SHA-256").digest(file));
        send(SmpHeader.WRITE, 1, 1, first);
        return off(receive());
    }

    private void upload(byte[] file, int from) throws Exception {
        int wanted = from == 0 ? begin(file) : from;
        for (int turn = 0; wanted < file.length; turn++) {
            assertTrue(turn < file.length / CHUNK + WINDOW, "the upload ends");
            int flying = 0;
            for (int i = 0; i < WINDOW && wanted + i * CHUNK < file.length; i++) {
                send(SmpHeader.WRITE, 1, 1, chunk(file, wanted + i * CHUNK));
                flying++;
            }
            for (int i = 0; i < flying; i++) {
                wanted = Math.max(wanted, off(receive()));
            }
        }
    }

    private static Map<String, Object> chunk(byte[] file, int offset) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("off", offset);
        fields.put("data", Arrays.copyOfRange(file, offset, Math.min(file.length, offset + CHUNK)));
        return fields;
    }

    private static int off(Map<String, Object> answer) {
        return ((Long) answer.get("off")).intValue();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> images() throws Exception {
        return (List<Map<String, Object>>) ask(SmpHeader.READ, 1, 0, Map.of()).get("images");
    }

    private Map<String, Object> ask(int operation, int group, int command, Map<String, Object> fields)
            throws Exception {
        send(operation, group, command, fields);
        return receive();
    }

    private void send(int operation, int group, int command, Map<String, Object> fields) throws IOException {
        byte[] payload = Cbor.encode(fields);
        sequence = sequence + 1 & 0xFF;
        SmpHeader header = new SmpHeader(SmpHeader.VERSION_1, operation, 0, payload.length, group, sequence, command);
        byte[] frames = SerialFrames.encode(new SmpMessage(header, payload).toBytes());
        line.write(frames, 0, frames.length);
    }

    private Map<String, Object> receive() throws Exception {
        for (int waited = 0; arrived.isEmpty() && waited < PATIENCE_MILLIS; waited += 100) {
            arrived.addAll(deframer.feed(buffer, 0, line.read(buffer, 100)));
        }
        SmpMessage message = SmpMessage.parse(arrived.remove());
        assertEquals(SmpHeader.VERSION_1, message.header().version());
        return Cbor.decode(message.payload());
    }
}
