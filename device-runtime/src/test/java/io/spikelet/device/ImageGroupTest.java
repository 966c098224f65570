package io.spikelet.device;

import static io.spikelet.device.SmpProbe.groupError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Store;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.BootReport;
import io.spikelet.slots.ImageProof;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.Slots;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpServer;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image group as its clients see it: whole messages in, whole messages out. */
class ImageGroupTest {
    private static final ImageKey.Private KEY = ImageKey.Private.generate();
    private static final ModelImage FIRST = TestNetworks.image("1.0.0", 1, KEY);
    private static final ModelImage SECOND = TestNetworks.image("1.1.0+7", 2, KEY);
    private static final int CHUNK = 200;

    private final Store store = new SimStore();
    private Slots slots;
    private SmpServer server;
    private SmpProbe board;

    @BeforeEach
    void startBoard() throws IOException {
        start(List.of(KEY.publicKey()));
    }

    private BootReport start(List<ImageKey.Public> trusted) throws IOException {
        slots = Slots.open(store, new SignedImageVerifier(trusted, false));
        BootReport report = slots.boot(ImageProof.NONE);
        server = new SmpServer(List.of(new ImageGroup(slots)));
        board = new SmpProbe(server);
        return report;
    }

    private static byte[] sha(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private Map<String, Object> first(byte[] file, byte[] data) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", 0);
        fields.put("len", file.length);
        fields.put("off", 0);
        fields.put("sha", sha(file));
        fields.put("data", data);
        return board.write(1, 1, fields);
    }

    private Map<String, Object> upload(byte[] file) throws Exception {
        Map<String, Object> answer = first(file, Arrays.copyOf(file, CHUNK));
        while (answer.get("off") instanceof Long off && off < file.length) {
            byte[] data = Arrays.copyOfRange(file, off.intValue(), (int) Math.min(file.length, off + CHUNK));
            answer = board.write(1, 1, Map.of("off", off, "data", data));
        }
        return answer;
    }

    private Map<String, Object> setState(ModelImage image, boolean confirm) throws Exception {
        return board.write(1, 0, Map.of("hash", image.digest(), "confirm", confirm));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> images(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("images");
    }

    @Test
    void shouldAnswerAnEmptyBoardByteForByte() {
        byte[] request = HexFormat.of().parseHex("0800000100014200a0");
        assertEquals(
                "0900001600014200" + "a2" + "66696d61676573" + "80" + "6b73706c6974537461747573" + "00",
                HexFormat.of().formatHex(server.handle(request)));
    }

    @Test
    void shouldTakeAnImageFromUploadToConfirmation() throws Exception {
        Map<String, Object> uploaded = upload(FIRST.bytes());
        assertEquals(Map.of("off", (long) FIRST.size(), "match", true), uploaded);

        Map<String, Object> staged = images(board.read(1, 0, Map.of())).getFirst();
        assertEquals(
                Set.of("slot", "version", "hash", "bootable", "pending", "confirmed", "active", "permanent"),
                staged.keySet());
        assertEquals(1L, staged.get("slot"));
        assertEquals("1.0.0", staged.get("version"));
        assertArrayEquals(FIRST.digest(), (byte[]) staged.get("hash"));
        assertEquals(true, staged.get("bootable"));
        assertEquals(false, staged.get("pending"));

        assertEquals(true, images(setState(FIRST, false)).getFirst().get("pending"));
        assertEquals(BootReport.Outcome.TESTING, start(List.of(KEY.publicKey())).outcome());
        Map<String, Object> trial = images(board.read(1, 0, Map.of())).getFirst();
        assertEquals(true, trial.get("active"));
        assertEquals(false, trial.get("confirmed"));
        Map<String, Object> confirmed =
                images(board.write(1, 0, Map.of("confirm", true))).getFirst();
        assertEquals(true, confirmed.get("confirmed"));
    }

    @Test
    void shouldConfirmTheRunningImageNamedByItsHash() throws Exception {
        upload(FIRST.bytes());
        setState(FIRST, false);
        start(List.of(KEY.publicKey()));
        assertEquals(true, images(setState(FIRST, true)).getFirst().get("confirmed"));
    }

    @Test
    void shouldMakeAStagedImagePermanentAndShowItsBuild() throws Exception {
        upload(SECOND.bytes());
        Map<String, Object> staged = images(setState(SECOND, true)).getFirst();
        assertEquals(true, staged.get("permanent"));
        assertEquals("1.1.0.7", staged.get("version"));
        assertEquals(
                BootReport.Outcome.UPGRADED, start(List.of(KEY.publicKey())).outcome());
    }

    @Test
    void shouldResumeWhereAStartLeftTheUpload() throws Exception {
        byte[] file = FIRST.bytes();
        first(file, Arrays.copyOf(file, CHUNK));
        start(List.of(KEY.publicKey()));
        assertEquals((long) CHUNK, first(file, Arrays.copyOf(file, CHUNK)).get("off"));
        assertEquals(true, upload(file).get("match"));
    }

    @Test
    void shouldAskForTheFirstRequestWhenThereIsNoUpload() throws Exception {
        assertEquals(Map.of("off", 0L), board.write(1, 1, Map.of("off", 400, "data", new byte[10])));
    }

    @Test
    void shouldEraseSlotOneAndTheHalfUpload() throws Exception {
        byte[] file = FIRST.bytes();
        first(file, Arrays.copyOf(file, CHUNK));
        assertEquals(Map.of(), board.write(1, 5, Map.of()));
        assertEquals(0L, first(file, new byte[0]).get("off"));
        assertEquals(14, groupError(board.write(1, 5, Map.of("slot", 0))));
    }

    @Test
    void shouldTellTheSizesOfTheSlots() throws Exception {
        Map<String, Object> image = images(board.read(1, 6, Map.of())).getFirst();
        assertEquals(Set.of("image", "slots", "max_image_size"), image.keySet());
        assertEquals(
                List.of(
                        Map.of("slot", 0L, "size", (long) Slots.MAX_IMAGE_BYTES),
                        Map.of("slot", 1L, "size", (long) Slots.MAX_IMAGE_BYTES, "upload_image_id", 0L)),
                image.get("slots"));
    }

    @Test
    void shouldRefuseAnImageOfAnotherKeyInTheVersionAsked() throws Exception {
        byte[] file =
                TestNetworks.image("1.0.0", 1, ImageKey.Private.generate()).bytes();
        assertEquals(5, groupError(upload(file)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("len", file.length);
        fields.put("off", 0);
        fields.put("data", file);
        assertEquals(Map.of("rc", 11L), board.send(SmpHeader.VERSION_1, SmpHeader.WRITE, 1, 1, fields));
        assertTrue(images(board.read(1, 0, Map.of())).isEmpty());
    }

    @Test
    void shouldRefuseEveryImageWhenNoKeyIsTrusted() throws Exception {
        start(List.of());
        assertEquals(5, groupError(upload(FIRST.bytes())));
    }

    @Test
    void shouldRefuseADamagedImage() throws Exception {
        byte[] file = FIRST.bytes();
        file[50] ^= 1;
        assertEquals(22, groupError(upload(file)));
        byte[] other = FIRST.bytes();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("len", other.length);
        fields.put("off", 0);
        fields.put("sha", new byte[32]);
        fields.put("data", other);
        assertEquals(24, groupError(board.write(1, 1, fields)));
    }

    @Test
    void shouldRefuseToGoBackBehindTheConfirmedCounter() throws Exception {
        upload(SECOND.bytes());
        setState(SECOND, true);
        start(List.of(KEY.publicKey()));
        assertEquals(27, groupError(upload(FIRST.bytes())));
    }

    @Test
    void shouldRefuseAnUpgradeThatIsNone() throws Exception {
        upload(SECOND.bytes());
        setState(SECOND, true);
        start(List.of(KEY.publicKey()));
        byte[] older = TestNetworks.image("1.0.9", 2, KEY).bytes();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("len", older.length);
        fields.put("off", 0);
        fields.put("upgrade", true);
        fields.put("data", Arrays.copyOf(older, CHUNK));
        assertEquals(27, groupError(board.write(1, 1, fields)));
        fields.put("data", Arrays.copyOf(older, 10));
        assertEquals(22, groupError(board.write(1, 1, fields)));
    }

    @Test
    void shouldRefuseWhatCannotBe() throws Exception {
        assertEquals(8, groupError(setState(FIRST, false)));
        assertEquals(3, groupError(board.write(1, 0, Map.of("confirm", true))));
        assertEquals(24, groupError(board.write(1, 0, Map.of("confirm", false))));
        assertEquals(24, groupError(board.write(1, 0, Map.of("hash", new byte[3]))));
        assertEquals(30, groupError(board.write(1, 1, Map.of("off", 0, "len", Slots.MAX_IMAGE_BYTES + 1L))));
        assertEquals(14, groupError(board.write(1, 1, Map.of("off", 0, "len", 10, "image", 1))));
        assertEquals(14, groupError(board.write(1, 1, Map.of("off", 0, "len", 10, "image", 3))));
        assertEquals(Map.of("rc", 3L), board.write(1, 1, Map.of("off", 0)));
        assertEquals(Map.of("rc", 8L), board.read(1, 1, Map.of()));
        assertEquals(Map.of("rc", 8L), board.read(1, 9, Map.of()));
        upload(FIRST.bytes());
        setState(FIRST, false);
        assertEquals(9, groupError(board.write(1, 5, Map.of())));
        start(List.of(KEY.publicKey()));
        assertEquals(33, groupError(setState(FIRST, false)));
        assertFalse(images(board.read(1, 0, Map.of())).isEmpty());
    }
}
