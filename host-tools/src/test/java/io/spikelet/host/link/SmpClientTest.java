package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmpClientTest {
    private final PretendBoard board = new PretendBoard();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldPairEachAnswerWithItsQuestionOverABadLink(long seed) throws IOException {
        UnreliableLink link = new UnreliableLink(board.server::handle, seed);
        link.lossPercent = 15;
        link.doublePercent = 20;
        link.latePercent = 20;
        link.breakPercent = 3;
        try (SmpClient client = link.client(100)) {
            for (int i = 0; i < 600; i++) {
                String text = "question " + i;
                assertEquals(text, client.write(0, 0, Map.of("d", text)).text("r"));
            }
            assertTrue(client.ignored() > 0 && client.repeated() > 0 && link.reopened > 0);
        }
    }

    @Test
    void shouldSayWhoDidNotAnswerWhatAndGiveUp() throws IOException {
        UnreliableLink link = new UnreliableLink(board.server::handle, 1);
        link.lossPercent = 100;
        try (SmpClient client = link.client(3)) {
            IOException silence = assertThrows(IOException.class, () -> client.read(64, 4, Map.of()));
            assertEquals(
                    "the board at test link did not answer status (3 tries of 1.0 s); check that it is connected and "
                            + "running and that its name is right, then try again",
                    silence.getMessage());
            assertEquals(3, link.sent);
        }
    }

    @Test
    void shouldOpenABrokenLinkAnewAndSayWhenThatIsNotEnough() throws IOException {
        UnreliableLink link = new UnreliableLink(board.server::handle, 1);
        link.breakPercent = 100;
        try (SmpClient client = link.client(4)) {
            IOException failure = assertThrows(IOException.class, () -> client.read(0, 6, Map.of()));
            assertTrue(failure.getMessage().startsWith("the link test link failed at parameters (4 tries): the cable"));
            assertEquals(3, link.reopened);
        }
    }

    @Test
    void shouldSendOnceWhatMustNotHappenTwice() throws IOException {
        UnreliableLink link = new UnreliableLink(board.server::handle, 1);
        link.latePercent = 100;
        try (BoardClient client = new BoardClient(link.client(5))) {
            assertThrows(IOException.class, client::reset);
        }
        assertEquals(1, board.resets);
    }

    @Test
    void shouldTellARefusalOfTheGroupFromOneOfNoGroup() throws IOException {
        try (SmpClient client = new UnreliableLink(board.server::handle, 1).client(1)) {
            SmpRefusedException position = assertThrows(
                    SmpRefusedException.class,
                    () -> client.write(64, 1, Map.of("x", new byte[10], "y", new byte[1], "at", 7)));
            assertTrue(position.is(2));
            assertTrue(position.getMessage().contains("ask its status and go on from there"), position::getMessage);
            SmpRefusedException unknown = assertThrows(SmpRefusedException.class, () -> client.read(99, 0, Map.of()));
            assertFalse(unknown.isOfGroup());
            assertEquals(8, unknown.rc());
            assertTrue(unknown.getMessage().contains("refused command 0 of group 99"), unknown::getMessage);
        }
    }

    @Test
    void shouldTakeRcZeroAndIndefiniteMapsAsRealServersSendThem() throws IOException {
        String answer = "bf" + "627263" + "00" + "6172" + "626f6b" + "ff";
        try (SmpClient client = new UnreliableLink(request -> reply(request, answer), 1).client(1)) {
            assertEquals("ok", client.read(0, 0, Map.of()).text("r"));
        }
    }

    @Test
    void shouldSayWhichFieldAnAnswerLacks() throws IOException {
        try (SmpClient client = new UnreliableLink(request -> reply(request, "a0"), 1).client(1)) {
            IOException lacking = assertThrows(
                    IOException.class, () -> client.read(0, 0, Map.of()).text("r"));
            assertTrue(lacking.getMessage().startsWith("the answer of test link to echo lacks \"r\""));
        }
    }

    @Test
    void shouldIgnoreAnswersThatAreDamaged() throws IOException {
        try (SmpClient client = new UnreliableLink(request -> reply(request, "a161"), 1).client(2)) {
            assertThrows(IOException.class, () -> client.read(0, 0, Map.of()));
            assertEquals(2, client.ignored());
        }
    }

    @Test
    void shouldAskInVersionTwo() throws IOException {
        byte[][] seen = new byte[1][];
        UnreliableLink link = new UnreliableLink(
                request -> {
                    seen[0] = request;
                    return reply(request, "a0");
                },
                1);
        try (SmpClient client = link.client(1)) {
            client.write(0, 0, Map.of("d", "x"));
        }
        assertEquals(0x0a, seen[0][0]);
        assertEquals("a1616461" + "78", HexFormat.of().formatHex(seen[0], 8, seen[0].length));
    }

    private static byte[] reply(byte[] request, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        try {
            SmpHeader header = SmpMessage.parse(request).header();
            return new SmpMessage(header.answer(1, payload.length), payload).toBytes();
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
