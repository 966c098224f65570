package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.KeyRing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code provision} and {@code keys} from the command line. */
class ProvisioningCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Spikelet.run(words, new PrintWriter(out), new PrintWriter(err));
    }

    private Path key(String name) {
        assertEquals(0, run("keygen", folder.resolve(name)), err::toString);
        return folder.resolve(name + ".pub.pem");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldWriteAllThatABoardNeedsAndShowNoSecret() throws Exception {
        Path archive = folder.resolve("pi-1.zip");
        Path password = file("password", "hush\n");
        Path certificate = file("pi-1.pem", "a certificate");
        Path secret = file("pi-1.key", "a private key");
        assertEquals(
                0,
                run(
                        "provision",
                        "pi-1",
                        "--group",
                        "north",
                        "--trust",
                        key("team"),
                        "--trust",
                        key("spare"),
                        "--broker",
                        "mqtts://broker.local",
                        "--user",
                        "pi-1",
                        "--password-file",
                        password,
                        "--ca",
                        certificate,
                        "--certificate",
                        certificate,
                        "--certificate-key",
                        secret,
                        "-o",
                        archive),
                err::toString);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)));
        TreeMap<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertEquals("pi-1\n", entries.get("name"));
        assertEquals(Files.readString(folder.resolve("spare.pub.pem")), entries.get("keys/1.pem"));
        assertEquals("hush\n", entries.get("broker/password"));
        assertEquals("a private key", entries.get("broker/certificate-key.pem"));
        assertEquals("north\n", entries.get("group"));
        assertEquals(10, entries.size());
        assertFalse((out.toString() + err).contains("hush"), "a secret is not shown");
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() throws Exception {
        Path key = key("team");
        Path to = folder.resolve("x.zip");
        assertEquals(2, run("provision", "pi/1", "--trust", key, "-o", to));
        assertEquals(2, run("provision", "pi-1", "--group", "a/b", "--trust", key, "-o", to));
        assertEquals(2, run("provision", "pi-1", "--trust", key, "--user", "me", "-o", to));
        assertEquals(2, run("provision", "pi-1", "--trust", key, "--ca", key, "-o", to));
        assertEquals(2, run("provision", "pi-1", "--trust", key, "--broker", "mqtt://me:hush@host", "-o", to));
        assertEquals(2, run("provision", "pi-1", "--trust", folder.resolve("team.pem"), "-o", to));
        assertFalse(Files.exists(to));
    }

    @Test
    void shouldWriteAListThatTheOldKeySigned() throws Exception {
        Path old = key("old");
        Path next = key("new");
        Path list = folder.resolve("rotation.keys");
        assertEquals(
                0,
                run(
                        "keys",
                        "list",
                        "--sequence",
                        4,
                        "--add",
                        next,
                        "--revoke",
                        old,
                        "--key",
                        folder.resolve("old.pem"),
                        "-o",
                        list),
                err::toString);
        ModelImage image = ModelImage.parse(Files.readAllBytes(list));
        image.verify(List.of(ImageKey.Public.read(old)));
        KeyList read = KeyList.of(image);
        assertEquals(4, read.sequence());
        assertEquals(List.of(ImageKey.Public.read(next)), read.added());
        assertEquals(List.of(KeyRing.hash(ImageKey.Public.read(old))), read.revoked());
        assertEquals(
                2, run("keys", "list", "--sequence", 4, "--key", folder.resolve("old.pem"), "-o", list), "empty list");
        assertTrue(err.toString().contains("one at least of both"), err::toString);
    }
}
