package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** The two kinds of key file: PEM around a DER that, for Ed25519, is a fixed prefix and 32 bytes (RFC 8410). */
enum KeyFile {
    PRIVATE("PRIVATE KEY", "302e020100300506032b657004220420", "rw-------"),
    PUBLIC("PUBLIC KEY", "302a300506032b6570032100", "rw-r--r--");

    private static final int MAX_FILE = 4096;

    private final String label;
    private final byte[] prefix;
    private final Set<PosixFilePermission> permissions;

    KeyFile(String label, String prefix, String permissions) {
        this.label = label;
        this.prefix = HexFormat.of().parseHex(prefix);
        this.permissions = PosixFilePermissions.fromString(permissions);
    }

    byte[] der(byte[] key) {
        byte[] der = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, der, prefix.length, key.length);
        return der;
    }

    String pem(byte[] key) {
        return begin() + "\n" + Base64.getEncoder().encodeToString(der(key)) + "\n" + end() + "\n";
    }

    byte[] read(Path file) throws IOException, MalformedDataException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE + 1);
        } catch (NoSuchFileException absent) {
            throw new NoSuchFileException(
                    file.toString(), null, "there is no key file of this name; check the path or make one");
        }
        if (content.length > MAX_FILE) {
            throw new MalformedDataException(
                    MAX_FILE, file + " is no key file: it is longer than " + MAX_FILE + " bytes");
        }
        return parse(file, new String(content, StandardCharsets.ISO_8859_1).strip());
    }

    byte[] parse(Path file, String text) throws MalformedDataException {
        if (text.startsWith("-----BEGIN ENCRYPTED")) {
            throw new MalformedDataException(
                    0, file + " is encrypted; decrypt it first with: openssl pkey -in FILE -out FILE");
        }
        if (!text.startsWith(begin()) || !text.endsWith(end()) || text.length() < begin().length() + end().length()) {
            throw new MalformedDataException(0, file + " must hold one PEM block, from " + begin() + " to " + end());
        }
        byte[] der;
        try {
            String body = text.substring(begin().length(), text.length() - end().length());
            der = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(begin().length(), file + " is no PEM: its body is not base64", e);
        }
        if (der.length != prefix.length + Ed25519.KEY_SIZE
                || !Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new MalformedDataException(
                    begin().length(), file + " is no Ed25519 " + label.toLowerCase(Locale.ROOT));
        }
        return Arrays.copyOfRange(der, prefix.length, der.length);
    }

    /** Makes the file under another name first, then gives it its name by a link, which never replaces a file. */
    void write(Path file, byte[] key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + " to keep a key in; make it first");
        }
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            throw new IOException(
                    "the file system of " + folder + " knows no owner-only files; keep the key on one that does");
        }
        Path draft = Files.createTempFile(
                folder,
                "key",
                ".draft",
                PosixFilePermissions.asFileAttribute(
                        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(pem(key).getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(draft, permissions);
            publish(draft, file);
        } finally {
            Files.delete(draft);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already; a key is never overwritten, choose another name", e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            throw new IOException(
                    "the file system of " + file + " cannot link files, so a key could be overwritten; choose another",
                    e);
        }
    }

    private String begin() {
        return "-----BEGIN " + label + "-----";
    }

    private String end() {
        return "-----END " + label + "-----";
    }
}
