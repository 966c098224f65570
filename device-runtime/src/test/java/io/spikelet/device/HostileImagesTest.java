package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SelfTest;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import io.spikelet.slots.KeyRing;
import io.spikelet.slots.SignedImageVerifier;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that mean harm, sent to a board that serves: each is refused with its own number, and the board goes on. */
class HostileImagesTest {
    private static final int SIGNATURE = ImageErrors.INVALID_TLV;
    private static final int CONTAINER = ImageErrors.INVALID_IMAGE_HEADER;
    private static final int NETWORK = ImageErrors.INVALID_IMAGE_CONTENT;

    /** Refused by no check of the file, but by the next start. */
    private static final int AT_THE_START = -1;

    private static final int CHUNK = 3000;
    private static final byte[] SAMPLE = {1, 0, 1, 1, 0, 1};
    private static final ImageKey.Private STRANGER = ImageKey.Private.generate();
    private static final ImageKey.Private REVOKED = ImageKey.Private.generate();
    private static final ModelImage SERVING = TestNetworks.tested("1.0.0", 5, true, TestBoard.KEY);
    private static final ModelImage GOOD = TestNetworks.tested("2.0.0", 5, true, TestBoard.KEY);

    /**
     * A file and what is said of it.
     *
     * @param length announced
     * @param sha announced, or empty
     * @param rc of the image group
     */
    record Hostile(String name, byte[] file, long length, byte[] sha, int rc) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Hostile file(String name, int rc, byte[] bytes) {
        return new Hostile(name, bytes, bytes.length, new byte[0], rc);
    }

    private static Hostile changed(String name, int rc, UnaryOperator<byte[]> change) {
        return file(name, rc, change.apply(GOOD.bytes()));
    }

    private static Hostile bytesAt(String name, int rc, int offset, int... values) {
        return changed(name, rc, bytes -> {
            for (int i = 0; i < values.length; i++) {
                bytes[(offset + bytes.length) % bytes.length + i] = (byte) values[i];
            }
            return bytes;
        });
    }

    /** A payload that the trusted key signed all the same. */
    private static Hostile signed(String name, byte[] payload) {
        return file(
                name,
                NETWORK,
                ModelImage.unsigned(payload, Version.parse("2.0.0"))
                        .sign(TestBoard.KEY)
                        .bytes());
    }

    private static Hostile selfTest(String name, SelfTest test) {
        SpikingNetwork network = TestNetworks.network(5, true).withSelfTests(List.of(test));
        Hostile signed = signed(name, NetworkCodec.encode(network));
        return new Hostile(name, signed.file(), signed.length(), new byte[0], AT_THE_START);
    }

    private static byte[] payload() {
        return NetworkCodec.encode(TestNetworks.network(5, true));
    }

    private static byte[] with(byte[] before, int... more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before);
        Arrays.stream(more).forEach(all::write);
        return all.toByteArray();
    }

    private static byte[] repeated(byte[] before, int times, int... pattern) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before);
        for (int i = 0; i < times; i++) {
            Arrays.stream(pattern).forEach(all::write);
        }
        return all.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] withImageSize(byte[] image, int size) {
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(12, size);
        return image;
    }

    private static byte[] signedBy(ImageKey.Private key, long counter) {
        return TestNetworks.tested("2.0.0", counter, true, key).bytes();
    }

    static Stream<Hostile> images() throws Exception {
        byte[] good = GOOD.bytes();
        byte[] newest = {8, 7};
        byte[] otherSha = MessageDigest.getInstance("SHA-256").digest(new byte[1]);
        byte[] keyList = new KeyList(1, List.of(STRANGER.publicKey()), List.of())
                .sign(TestBoard.KEY)
                .bytes();
        byte[] unsigned = ModelImage.unsigned(payload(), Version.parse("2.0.0")).bytes();
        return Stream.of(
                file("one byte", CONTAINER, new byte[1]),
                file("noise", CONTAINER, noise(5000)),
                file("zeros", CONTAINER, new byte[5000]),
                changed("cut by a byte", CONTAINER, image -> Arrays.copyOf(image, image.length - 1)),
                changed("cut in half", CONTAINER, image -> Arrays.copyOf(image, image.length / 2)),
                changed("cut to its header", CONTAINER, image -> Arrays.copyOf(image, 32)),
                changed("a byte more", CONTAINER, image -> Arrays.copyOf(image, image.length + 1)),
                bytesAt("another magic", CONTAINER, 0, 0x3e),
                bytesAt("a flipped bit in the network", CONTAINER, 90, 0x55),
                bytesAt("a header of 64 KiB", CONTAINER, 8, 0xff, 0xff),
                changed("a network of 2 GiB", CONTAINER, image -> withImageSize(image, Integer.MAX_VALUE)),
                changed("a network of less than nothing", CONTAINER, image -> withImageSize(image, -1)),
                bytesAt("a TLV of 64 KiB", CONTAINER, -66, 0xff, 0xff),
                bytesAt("an unknown TLV", CONTAINER, -68, 0x77),
                bytesAt("a flipped bit in the signature", SIGNATURE, -1, good[good.length - 1] ^ 1),
                bytesAt("another key's name", SIGNATURE, -80, 1, 2, 3),
                file("no signature", SIGNATURE, unsigned),
                file("a stranger's signature", SIGNATURE, signedBy(STRANGER, 5)),
                file("a revoked key's signature", SIGNATURE, signedBy(REVOKED, 5)),
                file("an older model", ImageErrors.CURRENT_VERSION_IS_NEWER, signedBy(TestBoard.KEY, 4)),
                new Hostile("no length", good, 0, new byte[0], ImageErrors.IMAGE_TOO_LARGE),
                new Hostile("a length of 8 EiB", good, Long.MAX_VALUE, new byte[0], ImageErrors.IMAGE_TOO_LARGE),
                new Hostile("more than announced", good, 100, new byte[0], ImageErrors.IMAGE_DATA_OVERRUN),
                new Hostile("another SHA-256", good, good.length, otherSha, ImageErrors.INVALID_HASH),
                signed("nothing that is a network", noise(400)),
                signed("a version of the future", with(new byte[] {8}, 99)),
                signed("two thousand layers", repeated(newest, 2000, 0x32, 0)),
                signed("seventeen self-tests", repeated(payloadOfSeven(), 17, 0x5a, 0)),
                signed("a name of 2 GiB", with(newest, 0x12, 0xff, 0xff, 0xff, 0xff, 0x07)),
                signed("messages within messages", repeated(newest, 300, 0x22, 0x7f)),
                signed("a field that nobody knows", with(payload(), 0x7a, 0)),
                signed("weights that are too few", withoutAWeight()),
                file("a key list as a model", NETWORK, keyList),
                selfTest("a self-test that fails", new SelfTest(SAMPLE, new byte[2], new int[] {9, 9}, 9)),
                selfTest(
                        "a self-test out of range",
                        new SelfTest(new byte[] {9, 9, 9, 9, 9, 9}, new byte[2], new int[2], 0)),
                selfTest("a self-test of other sizes", new SelfTest(SAMPLE, new byte[4000], new int[] {0, 0}, 0)));
    }

    private static byte[] payloadOfSeven() {
        byte[] payload = payload();
        payload[1] = 7;
        return payload;
    }

    /** The length of the dense layer's weights says one less, and so does every length around it not. */
    private static byte[] withoutAWeight() {
        byte[] payload = payload();
        for (int i = 0; i < payload.length - 1; i++) {
            if (payload[i] == 0x22 && payload[i + 1] == TestNetworks.INPUTS * TestNetworks.OUTPUTS) {
                payload[i + 1]--;
                return payload;
            }
        }
        throw new AssertionError("the weights are in the payload");
    }

    private static Map<String, Object> upload(SmpProbe client, Hostile hostile) throws Exception {
        Map<String, Object> answer = Map.of("off", 0L);
        for (int at = 0; at < hostile.file().length || at == 0; at += CHUNK) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("off", at);
            if (at == 0) {
                request.put("len", hostile.length());
                if (hostile.sha().length > 0) {
                    request.put("sha", hostile.sha());
                }
            }
            request.put("data", Arrays.copyOfRange(hostile.file(), at, Math.min(hostile.file().length, at + CHUNK)));
            answer = client.write(1, 1, request);
            if (answer.containsKey("err")) {
                return answer;
            }
        }
        return answer;
    }

    private static Object answered(TestBoard board) throws Exception {
        return board.client.write(64, 0, Map.of("x", SAMPLE)).get("class");
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldBeRefusedWithTheirOwnNumberWhileTheBoardServes(Hostile hostile) throws Exception {
        SimStore keyStore = new SimStore();
        KeyRing ring = KeyRing.open(() -> keyStore);
        ring.add(TestBoard.KEY.publicKey());
        ring.add(REVOKED.publicKey());
        ring.revoke(KeyRing.hash(REVOKED.publicKey()), false);
        SignedImageVerifier verifier = new SignedImageVerifier(ring, false);
        SimStore store = new SimStore();
        TestBoard.install(store, SERVING);
        TestBoard board = TestBoard.start(store, verifier);
        byte[] before = (byte[]) answered(board);

        Map<String, Object> answer = upload(board.client, hostile);
        if (hostile.rc() == AT_THE_START) {
            assertEquals(true, answer.get("match"), answer::toString);
            byte[] hash = ModelImage.parse(hostile.file()).digest();
            board.client.write(1, 0, Map.of("hash", hash, "confirm", true));
            board = TestBoard.start(store, verifier);
            String told = board.client.read(64, 4, Map.of()).get("start").toString();
            assertTrue(told.contains("2.0.0+0 was tried and reverted: self-test 0"), told);
        } else {
            assertEquals(Map.of("err", Map.of("group", 1L, "rc", (long) hostile.rc())), answer);
            assertEquals(1, ((List<?>) board.client.read(1, 0, Map.of()).get("images")).size());
        }
        assertEquals(Arrays.toString(before), Arrays.toString((byte[]) answered(board)));
        Hostile welcome = file("a good one", 0, GOOD.bytes());
        assertEquals(true, upload(board.client, welcome).get("match"), "the next good image is taken");
        assertEquals(
                "serving",
                TestBoard.start(store, verifier).client.read(64, 4, Map.of()).get("state"));
    }
}
