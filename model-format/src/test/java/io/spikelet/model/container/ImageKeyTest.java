package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageKeyTest {
    @TempDir
    Path folder;

    /** RFC 8032, section 7.1, TEST 1. */
    @Test
    void shouldDeriveThePublicHalfAsTheStandardSays() throws Exception {
        byte[] point = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        ImageKey.Public key = Golden.privateKey(folder).publicKey();
        assertEquals(KeyFile.PUBLIC.pem(point), key.pem());
        assertEquals(Golden.publicKey(), key);
        assertEquals(Files.readString(Golden.FOLDER.resolve("public_key.pem")), key.pem());
    }

    @Test
    void shouldReadBackWhatItWrote() throws Exception {
        ImageKey.Private key = ImageKey.Private.generate();
        key.write(folder.resolve("private.pem"));
        key.publicKey().write(folder.resolve("public.pem"));
        ImageKey.Private back = ImageKey.Private.read(folder.resolve("private.pem"));
        assertEquals(key.publicKey(), back.publicKey());
        assertEquals(key.publicKey(), ImageKey.Public.read(folder.resolve("public.pem")));
        assertArrayEquals(key.publicKey().keyHash(), back.publicKey().keyHash());
        assertTrue(key.publicKey().verifies(new byte[] {1}, back.sign(new byte[] {1})));
    }

    @Test
    void shouldWriteThePrivateFileAsOpensslDoes() throws Exception {
        Golden.privateKey(folder).write(folder.resolve("written.pem"));
        assertEquals(Golden.privatePem(), Files.readString(folder.resolve("written.pem")));
    }

    @Test
    void shouldLetOnlyItsOwnerReadThePrivateFile() throws Exception {
        ImageKey.Private key = ImageKey.Private.generate();
        key.write(folder.resolve("private.pem"));
        key.publicKey().write(folder.resolve("public.pem"));
        assertEquals("rw-------", permissions("private.pem"));
        assertEquals("rw-r--r--", permissions("public.pem"));
    }

    @Test
    void shouldNeverOverwriteAFile() throws Exception {
        Path file = folder.resolve("private.pem");
        Files.writeString(file, "precious");
        IOException refused = assertThrows(
                IOException.class, () -> ImageKey.Private.generate().write(file));
        assertTrue(refused.getMessage().contains("never overwritten"), refused.getMessage());
        assertEquals("precious", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "no draft stays behind");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws Exception {
        String pem = Golden.privatePem();
        assertRefused("is encrypted", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n");
        assertRefused("must hold one PEM block", "");
        assertRefused("must hold one PEM block", "-----BEGIN PRIVATE KEY-----");
        assertRefused(
                "must hold one PEM block",
                ImageKey.Private.generate().publicKey().pem());
        assertRefused("not base64", pem.replace("MC4C", "M?4C"));
        assertRefused("is no Ed25519 private key", pem.replace("MC4C", "MC4D"));
        assertRefused("is no Ed25519 private key", pem.replace("MC4C", "AAAAMC4C"));
        assertRefused("longer than 4096 bytes", pem + " ".repeat(4096));
    }

    @Test
    void shouldReadAFileWithOtherLineEndsAndBreaks() throws Exception {
        String pem = Golden.privatePem().replace("MC4C", "MC4C\n").replace("\n", "\r\n");
        Path file = folder.resolve("crlf.pem");
        Files.writeString(file, pem);
        assertEquals(Golden.publicKey(), ImageKey.Private.read(file).publicKey());
    }

    @Test
    void shouldRefuseAPublicKeyThatIsNoPoint() throws Exception {
        byte[] der = HexFormat.of().parseHex("302a300506032b6570032100" + "02" + "00".repeat(31));
        Path file = folder.resolve("no_point.pem");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");
        assertThrows(MalformedDataException.class, () -> ImageKey.Public.read(file));
    }

    @Test
    void shouldSayThatAFileOrFolderIsMissing() {
        Path nowhere = folder.resolve("nowhere").resolve("key.pem");
        assertTrue(assertThrows(IOException.class, () -> ImageKey.Public.read(nowhere))
                .getMessage()
                .contains("there is no key file"));
        assertTrue(assertThrows(
                        IOException.class, () -> ImageKey.Private.generate().write(nowhere))
                .getMessage()
                .contains("there is no folder"));
    }

    @Test
    void shouldNotTellItsSecret() throws Exception {
        String text = Golden.privateKey(folder).toString();
        assertFalse(text.contains("9d61b19d"), text);
        assertTrue(text.startsWith("private half of Ed25519 key "), text);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private void assertRefused(String reason, String content) throws IOException {
        Path file = folder.resolve("broken.pem");
        Files.writeString(file, content);
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> ImageKey.Private.read(file));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
}
