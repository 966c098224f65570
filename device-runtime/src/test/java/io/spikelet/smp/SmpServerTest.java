package io.spikelet.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmpServerTest {

    /** Command 0 echoes "n", 1 fails as the group, 2 fails in general, 3 loses its disk, 4 answers too much. */
    private static final SmpGroup GROUP = new SmpGroup() {
        @Override
        public int id() {
            return 64;
        }

        @Override
        public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
            return switch (request.command()) {
                case 0 -> Map.of("n", request.integer("n", 99));
                case 1 -> throw SmpException.ofGroup(2, SmpError.BAD_STATE, "wrong position");
                case 2 -> throw SmpException.general(SmpError.BUSY, "busy");
                case 3 -> throw new IOException("/secret/path is gone");
                case 4 -> Map.of("x", new byte[70_000]);
                default -> throw SmpException.notSupported(request);
            };
        }
    };

    private final SmpServer server = new SmpServer(List.of(GROUP));

    @Test
    void shouldAnswerWithTheNextOperationAndTheSameSequence() throws MalformedDataException {
        byte[] answer = server.handle(request(1, SmpHeader.READ, 64, 0, Map.of("n", 7)));
        assertArrayEquals(HexFormat.of().parseHex("0900000400402a00" + "a1616e07"), answer);
        byte[] written = server.handle(request(0, SmpHeader.WRITE, 64, 0, Map.of("n", 7)));
        assertArrayEquals(HexFormat.of().parseHex("0300000400402a00" + "a1616e07"), written);
    }

    @Test
    void shouldAnswerErrorsInTheVersionAsked() throws MalformedDataException {
        assertEquals(Map.of("rc", (long) SmpError.BAD_STATE), ask(0, 64, 1));
        assertEquals(Map.of("err", Map.of("group", 64L, "rc", 2L)), ask(1, 64, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldKeepErrorsOfNoGroupPlainInBothVersions(int version) throws MalformedDataException {
        assertEquals(Map.of("rc", (long) SmpError.BUSY), ask(version, 64, 2));
        assertEquals(Map.of("rc", 8L), ask(version, 64, 99));
        assertEquals(Map.of("rc", 8L), ask(version, 65, 0));
        assertEquals(Map.of("rc", 3L), ask(version, 64, 0));
    }

    @Test
    void shouldRefuseAFieldOfTheWrongTypeOrOutOfRange() throws MalformedDataException {
        for (Object wrong : List.of("7", 7.0, true, new byte[1], List.of(), -1, 100)) {
            byte[] answer = server.handle(request(1, SmpHeader.READ, 64, 0, Map.of("n", wrong)));
            assertEquals(Map.of("rc", 3L), payload(answer));
        }
        assertEquals(7, server.refused());
    }

    @Test
    void shouldTellNothingOfAFailureOfTheBoard() throws MalformedDataException {
        assertEquals(Map.of("rc", 1L), ask(1, 64, 3));
        assertEquals(1, server.failed());
    }

    @Test
    void shouldSayWhenAnAnswerDoesNotFit() throws MalformedDataException {
        assertEquals(Map.of("rc", (long) SmpError.MESSAGE_SIZE), ask(1, 64, 4));
    }

    @Test
    void shouldRefuseARequestLargerThanItsBuffer() throws MalformedDataException {
        byte[] answer = server.handle(request(1, SmpHeader.READ, 64, 0, Map.of("n", 7, "x", new byte[5000])));
        assertEquals(Map.of("rc", (long) SmpError.MESSAGE_SIZE), payload(answer));
    }

    @Test
    void shouldRefuseAVersionThatIsNotDefinedYet() throws MalformedDataException {
        byte[] answer = server.handle(request(2, SmpHeader.READ, 64, 0, Map.of("n", 7)));
        assertEquals(SmpHeader.VERSION_2, SmpHeader.parse(answer).version());
        assertEquals(Map.of("rc", (long) SmpError.VERSION_TOO_NEW), payload(answer));
    }

    @Test
    void shouldTakeNoPayloadAsAnEmptyMap() throws MalformedDataException {
        byte[] answer = server.handle(HexFormat.of().parseHex("0800000000400200"));
        assertEquals(Map.of("rc", 3L), payload(answer));
    }

    @Test
    void shouldRefuseAPayloadThatIsCutOrNoMap() throws MalformedDataException {
        for (String hex :
                List.of("08000004004001" + "00a1616e", "08000001004001" + "00ff", "0800000200400100" + "8000")) {
            assertEquals(Map.of("rc", 3L), payload(server.handle(HexFormat.of().parseHex(hex))), hex);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0a", "0a000000000000", "0900000400402a00a1616e07", "0f00000000400100"})
    void shouldStaySilentOnWhatIsNoRequest(String hex) {
        assertEquals(0, server.handle(HexFormat.of().parseHex(hex)).length);
        assertEquals(1, server.dropped());
        assertEquals(1, server.requests());
    }

    @Test
    void shouldRefuseTwoGroupsOfOneId() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new SmpServer(List.of(GROUP, GROUP)))
                .getMessage()
                .contains("64"));
    }

    private Map<String, Object> ask(int version, int group, int command) throws MalformedDataException {
        byte[] answer = server.handle(request(version, SmpHeader.WRITE, group, command, Map.of()));
        assertEquals(version, SmpHeader.parse(answer).version());
        return payload(answer);
    }

    private static Map<String, Object> payload(byte[] message) throws MalformedDataException {
        return Cbor.decode(SmpMessage.parse(message).payload());
    }

    static byte[] request(int version, int operation, int group, int command, Map<String, ?> fields) {
        byte[] payload = Cbor.encode(fields);
        return new SmpMessage(new SmpHeader(version, operation, 0, payload.length, group, 0x2a, command), payload)
                .toBytes();
    }
}
