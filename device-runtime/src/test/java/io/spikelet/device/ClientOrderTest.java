package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orders in which the field's clients call, against a whole board on a serial line. */
class ClientOrderTest {
    private static final ModelImage FIRST = TestNetworks.image("1.0.0", 1, TestBoard.KEY);
    private static final ModelImage SECOND = TestNetworks.image("1.1.0", 2, TestBoard.KEY);
    private static final int CHUNK = 90;
    private static final int WINDOW = 5;

    private final SimStore store = new SimStore();
    private WholeBoard board;
    private int version = SmpHeader.VERSION_2;
    private int sequence;

    private byte[] request(int operation, int group, int command, Map<String, Object> fields) {
        byte[] payload = Cbor.encode(fields);
        sequence = sequence + 1 & 0xFF;
        return new SmpMessage(new SmpHeader(version, operation, 0, payload.length, group, sequence, command), payload)
                .toBytes();
    }

    private Map<String, Object> read(int group, int command) throws Exception {
        return fields(board.ask(request(SmpHeader.READ, group, command, Map.of())));
    }

    private Map<String, Object> write(int group, int command, Map<String, Object> fields) throws Exception {
        return fields(board.ask(request(SmpHeader.WRITE, group, command, fields)));
    }

    private Map<String, Object> fields(byte[] answer) throws Exception {
        SmpMessage message = SmpMessage.parse(answer);
        assertEquals(version, message.header().version());
        return Cbor.decode(message.payload());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> images(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("images");
    }

    private Map<String, Object> serving() throws Exception {
        return images(read(1, 0)).stream()
                .filter(image -> (boolean) image.get("active"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] sha(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static Map<String, Object> chunk(byte[] file, int offset, int length) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("off", offset);
        fields.put("data", Arrays.copyOfRange(file, offset, Math.min(file.length, offset + length)));
        return fields;
    }

    private static Map<String, Object> first(byte[] file, int length, boolean withDigest) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(chunk(file, 0, length));
        fields.put("len", file.length);
        if (withDigest) {
            fields.put("sha", sha(file));
        }
        return fields;
    }

    /**
     * smpmgr: v2, one request at a time, the parameters first, 1500 bytes a datagram. Only an upload to a slot other than 0
     * is followed by the request to serve it; counted from 1, the second is 2.
     */
    @Test
    void shouldBeUpgradedInTheOrderOfSmpmgr() throws Exception {
        TestBoard.install(store, FIRST);
        sequence = -1;
        try (WholeBoard started = WholeBoard.start(store)) {
            board = started;
            long buffer = (long) read(0, 6).get("buf_size");
            byte[] file = SECOND.bytes();
            int room = Math.min((int) buffer - 64, 200);
            Map<String, Object> begin = first(file, room, true);
            begin.put("image", 2);
            begin.put("upgrade", false);
            Map<String, Object> last = write(1, 1, begin);
            assertEquals(Map.of("off", (long) room), last);
            long off = room;
            while (off < file.length) {
                last = write(1, 1, chunk(file, (int) off, room));
                off = (long) last.get("off");
            }
            assertEquals(true, last.get("match"));
            assertEquals(2, images(read(1, 0)).size());
            Map<String, Object> staged =
                    images(write(1, 0, Map.of("hash", SECOND.digest()))).get(1);
            assertEquals(true, staged.get("pending"));
            assertEquals(Map.of(), write(0, 5, Map.of()));
            assertArrayEquals(SECOND.digest(), (byte[]) serving().get("hash"));
            assertEquals(
                    true,
                    images(write(1, 0, Map.of("confirm", true))).getFirst().get("confirmed"));
        }
    }

    /** newtmgr: v0 from number 66 on; erase; then chunks on the way, one more after each answer, up to five. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldBeUpgradedInTheOrderOfNewtmgrWhicheverChunkIsLost(int lost) throws Exception {
        TestBoard.install(store, FIRST);
        version = SmpHeader.VERSION_1;
        sequence = 65;
        try (WholeBoard started = WholeBoard.start(store)) {
            board = started;
            assertEquals(Map.of(), write(1, 5, Map.of()));
            new NewtmgrUpload(SECOND.bytes(), lost).run();
            write(1, 0, Map.of("hash", SECOND.digest(), "confirm", false));
            assertEquals(Map.of(), write(0, 5, Map.of()));
            assertArrayEquals(SECOND.digest(), (byte[]) serving().get("hash"));
        }
    }

    /**
     * newtmgr's window: an offset that is asked for more often than chunks end there is sent again from there on; a chunk
     * without an answer is given up after a while, and its offset is sent again.
     */
    private final class NewtmgrUpload {
        private final byte[] file;
        private final int lost;

        /** By the offset behind a chunk: 1 while it flies, less by each answer that asks for it. */
        private final Map<Integer, Integer> behind = new HashMap<>();

        /** By sequence number: where the chunks begin that have no answer yet. */
        private final Map<Integer, Integer> flying = new LinkedHashMap<>();

        private int window = 1;
        private int offset;
        private int furthest;
        private int sent;

        NewtmgrUpload(byte[] file, int lost) {
            this.file = file;
            this.lost = lost;
        }

        void run() throws Exception {
            for (int turn = 0; furthest < file.length || !flying.isEmpty(); turn++) {
                assertTrue(turn < 1000, "the upload ends");
                for (Map.Entry<Integer, Integer> entry : List.copyOf(behind.entrySet())) {
                    offset = entry.getValue() < -1 ? entry.getKey() : offset;
                }
                behind.values().removeIf(count -> count < -1 || count == 0);
                while (flying.size() < window && offset < file.length && furthest < file.length) {
                    launch();
                }
                hear();
            }
        }

        private void launch() throws Exception {
            int length = Math.min(CHUNK, file.length - offset);
            byte[] request = request(
                    SmpHeader.WRITE, 1, 1, offset == 0 ? first(file, length, false) : chunk(file, offset, length));
            if (sent++ != lost) {
                board.send(request);
            }
            flying.put(sequence, offset);
            offset += length;
            behind.put(offset, 1);
        }

        private void hear() throws Exception {
            byte[] answer = board.receive(flying.size() == 1 && sent > lost ? 200 : WholeBoard.PATIENCE_MILLIS);
            if (answer == null) {
                offset = flying.remove(flying.keySet().iterator().next());
                return;
            }
            assertNotNull(flying.remove(SmpHeader.parse(answer).sequence()), "an answer to what was asked");
            int wanted = ((Long) fields(answer).get("off")).intValue();
            behind.merge(wanted, -1, Integer::sum);
            furthest = Math.max(furthest, wanted);
            window = Math.min(WINDOW, window + 1);
        }
    }

    @Test
    void shouldTakeFiveChunksInFlightInWhateverOrderTheyArrive() throws Exception {
        byte[] file = FIRST.bytes();
        Random random = new Random(7);
        for (int trial = 0; trial < 4; trial++) {
            try (WholeBoard started = WholeBoard.start(new SimStore())) {
                board = started;
                int wanted = ((Long) write(1, 1, first(file, CHUNK, true)).get("off")).intValue();
                for (int turn = 0; wanted < file.length; turn++) {
                    assertTrue(turn < 200, "the upload ends");
                    List<Map<String, Object>> flight = new ArrayList<>();
                    for (int i = 0; i < WINDOW && wanted + i * CHUNK < file.length; i++) {
                        flight.add(chunk(file, wanted + i * CHUNK, CHUNK));
                    }
                    Collections.shuffle(flight, random);
                    for (Map<String, Object> fields : flight) {
                        board.send(request(SmpHeader.WRITE, 1, 1, fields));
                    }
                    for (int i = 0; i < flight.size(); i++) {
                        byte[] answer = board.receive(WholeBoard.PATIENCE_MILLIS);
                        wanted = Math.max(wanted, ((Long) fields(answer).get("off")).intValue());
                    }
                }
                assertArrayEquals(
                        FIRST.digest(), (byte[]) images(read(1, 0)).getFirst().get("hash"));
            }
        }
    }

    /** The board starts anew after each number of chunks, with and without the last one's answer heard. */
    @Test
    void shouldGoOnWithAnUploadThatWasCutAfterAnyChunk() throws Exception {
        byte[] file = FIRST.bytes();
        int chunks = Math.ceilDiv(file.length, CHUNK);
        for (int cut = 1; cut < chunks; cut++) {
            SimStore card = new SimStore();
            try (WholeBoard started = WholeBoard.start(card)) {
                board = started;
                write(1, 1, first(file, CHUNK, true));
                for (int i = 1; i < cut; i++) {
                    write(1, 1, chunk(file, i * CHUNK, CHUNK));
                }
            }
            try (WholeBoard started = WholeBoard.start(card)) {
                board = started;
                Map<String, Object> answer = write(1, 1, first(file, CHUNK, true));
                assertEquals((long) cut * CHUNK, answer.get("off"), "chunk " + cut);
                while ((long) answer.get("off") < file.length) {
                    answer = write(1, 1, chunk(file, ((Long) answer.get("off")).intValue(), CHUNK));
                }
                assertEquals(true, answer.get("match"));
            }
        }
    }

    @Test
    void shouldBeginAnewAfterAnEraseWhichForgetsTheUpload() throws Exception {
        byte[] file = FIRST.bytes();
        try (WholeBoard started = WholeBoard.start(store)) {
            board = started;
            write(1, 1, first(file, CHUNK, true));
            write(1, 1, chunk(file, CHUNK, CHUNK));
            assertEquals(Map.of(), write(1, 5, Map.of()));
            assertEquals(Map.of("off", 0L), write(1, 1, chunk(file, 2 * CHUNK, CHUNK)));
            assertEquals(Map.of("off", (long) CHUNK), write(1, 1, first(file, CHUNK, true)));
        }
    }

    @Test
    void shouldAnswerEveryRequestOfABurstAsLongAsItsBuffersSay() throws Exception {
        try (WholeBoard started = WholeBoard.start(store)) {
            board = started;
            long count = (long) read(0, 6).get("buf_count");
            for (int i = 0; i < count; i++) {
                board.send(request(SmpHeader.WRITE, 0, 0, Map.of("d", "x".repeat(4000))));
            }
            for (int i = 0; i < count; i++) {
                assertNotNull(board.receive(WholeBoard.PATIENCE_MILLIS));
            }
        }
    }
}
