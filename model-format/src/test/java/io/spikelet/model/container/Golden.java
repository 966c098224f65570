package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/** What {@code src/test/golden/make_golden_image.py} made, and the inputs it made it from. */
final class Golden {
    static final Path FOLDER = Path.of("src/test/golden");
    static final Version VERSION = new Version(1, 2, 772, 0x89ABCDEFL);

    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private Golden() {}

    static byte[] image() throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(FOLDER.resolve("golden_image.hex")).replace("\n", ""));
    }

    static byte[] payload() {
        byte[] tail = "a payload of an odd length".getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[256 + tail.length];
        for (int i = 0; i < 256; i++) {
            payload[i] = (byte) i;
        }
        System.arraycopy(tail, 0, payload, 256, tail.length);
        return payload;
    }

    /** The private half, as openssl writes it (RFC 8410). */
    static String privatePem() {
        byte[] der = HexFormat.of().parseHex("302e020100300506032b657004220420" + SEED);
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    static ImageKey.Private privateKey(Path folder) throws IOException, MalformedDataException {
        Path file = folder.resolve("golden.pem");
        Files.writeString(file, privatePem());
        return ImageKey.Private.read(file);
    }

    static ImageKey.Public publicKey() throws IOException, MalformedDataException {
        return ImageKey.Public.read(FOLDER.resolve("public_key.pem"));
    }
}
