package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardClientTest {
    private static final byte[] IMAGE = randomBytes(30_001);

    private final PretendBoard board = new PretendBoard();
    private final UnreliableLink link = new UnreliableLink(board.server::handle, 9);
    private final BoardClient client = new BoardClient(link.client(50));

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldUploadInRequestsThatFillTheBoardsBuffer() throws IOException {
        List<Long> reported = new ArrayList<>();
        client.upload(IMAGE, (done, total) -> {
            assertEquals(IMAGE.length, total);
            reported.add(done);
        });
        assertArrayEquals(IMAGE, board.stored.toByteArray());
        assertEquals(8, board.uploadOffsets.size());
        assertEquals(0, board.server.refused());
        assertEquals((long) IMAGE.length, reported.getLast());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 255, 256, 257, 4096, 4097, 65_536})
    void shouldUploadImagesOfAwkwardSizes(int size) throws IOException {
        byte[] image = randomBytes(size);
        client.upload(image, Progress.SILENT);
        assertArrayEquals(image, board.stored.toByteArray());
        assertEquals(0, board.server.refused());
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 300, 384, 4096, 65_533})
    void shouldKeepEveryRequestWithinTheBuffer(int bufferBytes) throws IOException {
        PretendBoard small = new PretendBoard(bufferBytes);
        try (BoardClient toSmall = new BoardClient(new UnreliableLink(small.server::handle, 1).client(1))) {
            toSmall.upload(IMAGE, Progress.SILENT);
        }
        assertArrayEquals(IMAGE, small.stored.toByteArray());
        assertEquals(0, small.server.refused());
    }

    @Test
    void shouldUploadOverABadLink() throws IOException {
        link.lossPercent = 20;
        link.doublePercent = 20;
        link.latePercent = 10;
        link.breakPercent = 5;
        client.upload(IMAGE, Progress.SILENT);
        assertArrayEquals(IMAGE, board.stored.toByteArray());
    }

    @Test
    void shouldGoOnWhereAnEarlierUploadWasCut() throws IOException {
        cutAfterFourRequests();
        int before = board.stored.size();
        assertTrue(before > 0 && before < IMAGE.length);
        board.uploadOffsets.clear();
        client.upload(IMAGE, Progress.SILENT);
        assertArrayEquals(IMAGE, board.stored.toByteArray());
        assertEquals(List.of(0L, (long) before), board.uploadOffsets.subList(0, 2));
    }

    private void cutAfterFourRequests() {
        assertThrows(
                IllegalStateException.class,
                () -> client.upload(IMAGE, (done, total) -> {
                    if (board.uploadOffsets.size() == 4) {
                        throw new IllegalStateException("stopped");
                    }
                }));
    }

    @Test
    void shouldSendEverythingAgainAfterAnErase() throws IOException {
        cutAfterFourRequests();
        client.erase();
        client.upload(IMAGE, Progress.SILENT);
        assertArrayEquals(IMAGE, board.stored.toByteArray());
    }

    @Test
    void shouldBeginAnewWhenTheBoardForgetsTheUpload() throws IOException {
        boolean[] forgotten = new boolean[1];
        client.upload(IMAGE, (done, total) -> {
            if (done > 10_000 && !forgotten[0]) {
                forgotten[0] = true;
                board.forgetUpload();
            }
        });
        assertTrue(forgotten[0]);
        assertArrayEquals(IMAGE, board.stored.toByteArray());
    }

    @Test
    void shouldGiveUpOnABoardThatForgetsAlways() {
        IOException givenUp =
                assertThrows(IOException.class, () -> client.upload(IMAGE, (done, total) -> board.forgetUpload()));
        assertTrue(givenUp.getMessage().contains("again and again"), givenUp::getMessage);
    }

    @Test
    void shouldFailWhenTheBoardsCopyDiffers() {
        board.match = false;
        IOException differs = assertThrows(IOException.class, () -> client.upload(IMAGE, Progress.SILENT));
        assertTrue(differs.getMessage().contains("differs"), differs::getMessage);
    }

    @Test
    void shouldSayWhenABoardTakesTooLittleForAnUpload() throws IOException {
        PretendBoard tiny = new PretendBoard(48);
        try (BoardClient toTiny = new BoardClient(new UnreliableLink(tiny.server::handle, 1).client(1))) {
            assertThrows(IOException.class, () -> toTiny.upload(IMAGE, Progress.SILENT));
        }
    }

    @Test
    void shouldReadTheSlotsAfterEachChange() throws IOException {
        SlotState staged = client.test(new byte[] {1, 2}).getFirst();
        assertArrayEquals(new byte[] {1, 2}, staged.hash());
        assertEquals("1.2.3", staged.version());
        assertTrue(staged.pending() && staged.bootable());
        assertFalse(staged.permanent() || staged.active() || staged.confirmed());
        assertTrue(client.confirm(new byte[] {3}).getFirst().permanent());
        assertTrue(client.confirm().getFirst().permanent());
        assertEquals(1, client.imageState().size());
    }

    @Test
    void shouldInferMoreSamplesThanOneRequestHolds() throws IOException {
        int count = 130;
        Inferences found = client.infer(samples(count), count, new byte[count]);
        assertEquals(3, board.inferRequests);
        assertEquals(count, found.count());
        for (int i = 0; i < count; i++) {
            assertEquals(i, found.classes()[i]);
            assertArrayEquals(new int[] {0, -(byte) i, 0}, found.scores()[i]);
            assertArrayEquals(new byte[] {(byte) i, 0}, found.spikeBits()[i]);
            assertEquals((byte) i + 1, found.spikes()[i]);
        }
    }

    private static byte[] samples(int count) {
        byte[] samples = new byte[count * PretendBoard.SAMPLE_BYTES];
        for (int i = 0; i < count; i++) {
            samples[i * PretendBoard.SAMPLE_BYTES] = (byte) i;
        }
        return samples;
    }

    @Test
    void shouldSayWhenOneSampleDoesNotFit() {
        IOException tooLarge = assertThrows(IOException.class, () -> client.infer(new byte[5000], 1, null));
        assertTrue(tooLarge.getMessage().contains("5000"), tooLarge::getMessage);
        assertThrows(IllegalArgumentException.class, () -> client.infer(new byte[10], 3, null));
    }

    @Test
    void shouldLearnEachSampleOnceOverABadLink() throws IOException {
        link.lossPercent = 30;
        link.doublePercent = 20;
        long learned = 0;
        for (int round = 0; round < 20; round++) {
            learned = client.learn(samples(100), new byte[100], learned).learned();
        }
        assertEquals(2000, learned);
        assertEquals(2000, board.learned);
        link.lossPercent = 0;
        assertEquals(2000, client.status().learned());
        client.learnReset();
        assertEquals(0, board.learned);
    }

    @Test
    void shouldRefuseToLearnFromTheWrongPosition() {
        board.learned = 5;
        SmpRefusedException refusal =
                assertThrows(SmpRefusedException.class, () -> client.learn(samples(2), new byte[2], 0));
        assertTrue(refusal.is(2));
    }

    @Test
    void shouldPullTheModelWholeOverABadLink() throws IOException {
        link.lossPercent = 20;
        link.doublePercent = 20;
        board.model = IMAGE;
        assertArrayEquals(IMAGE, client.pullModel(Progress.SILENT));
    }

    @Test
    void shouldReadAgainWhenTheModelChangesMeanwhile() throws IOException {
        board.model = IMAGE;
        byte[] changed = IMAGE.clone();
        changed[29_999]++;
        assertArrayEquals(changed, client.pullModel((done, total) -> {
            if (done == 3000) {
                board.model = changed;
            }
        }));
        IOException givenUp =
                assertThrows(IOException.class, () -> client.pullModel((done, total) -> board.model[29_999]++));
        assertTrue(givenUp.getMessage().contains("changed each time"), givenUp::getMessage);
    }

    @Test
    void shouldReadTheStatusOfABoardThatServesNothing() throws IOException {
        BoardStatus status = client.status();
        assertEquals("pretend", status.name());
        assertFalse(status.serving());
        assertEquals("", status.model());
        assertTrue(status.temperature().isEmpty());
    }

    @Test
    void shouldEchoAndReset() throws IOException {
        assertEquals("ü", client.echo("ü"));
        client.reset();
        assertEquals(1, board.resets);
    }
}
