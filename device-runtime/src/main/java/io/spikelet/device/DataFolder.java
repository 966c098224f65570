package io.spikelet.device;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A board's folder.
 *
 * <pre>
 * DIR/name         the device's name
 * DIR/keys/*.pem   the public keys whose signature it trusts
 * DIR/store/       the {@link io.spikelet.hal.Store}: slots, images, what was learned, settings
 * DIR/files/       what SMP's file group keeps, and all that it reaches
 * </pre>
 */
final class DataFolder {
    private static final String NAME_RULE = "1 to 64 letters, digits, dots, underscores or hyphens";
    private static final long MAX_NAME_BYTES = 256;
    private static final int SHORT_HASH_BYTES = 8;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    Path store() {
        return folder.resolve("store");
    }

    Path files() {
        return folder.resolve("files");
    }

    /** Bytes left for this board on the disk that holds the folder. */
    long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    private Path keys() {
        return folder.resolve("keys");
    }

    private Path nameFile() {
        return folder.resolve("name");
    }

    /** Checks a name that a person gave. */
    static String requireName(String name) throws BadUseException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new BadUseException("a device's name is " + NAME_RULE + ", not \"" + name + "\"");
        }
        return name;
    }

    /** Names the board and lets it trust one more key; doing it twice changes nothing. */
    void provision(String name, ImageKey.Public key) throws IOException, BadUseException {
        Files.createDirectories(keys());
        Optional<String> present = name();
        if (present.isPresent() && !present.get().equals(name)) {
            throw new BadUseException(folder + " is the board " + present.get() + " already, not " + name);
        }
        Path file = keys().resolve(HexFormat.of().formatHex(key.keyHash(), 0, SHORT_HASH_BYTES) + ".pem");
        if (!Files.exists(file)) {
            key.write(file);
        }
        if (present.isEmpty()) {
            Path fresh = folder.resolve("name.new");
            Files.writeString(fresh, name + "\n");
            Files.move(fresh, nameFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The provisioned name, or empty. */
    Optional<String> name() throws IOException, BadUseException {
        if (!Files.exists(nameFile())) {
            return Optional.empty();
        }
        if (Files.size(nameFile()) > MAX_NAME_BYTES) {
            throw new BadUseException(nameFile() + " holds no device's name");
        }
        return Optional.of(
                requireName(Files.readString(nameFile(), StandardCharsets.UTF_8).strip()));
    }

    /** The provisioned name, or the one given on the command line; both must agree. */
    String nameOr(Optional<String> given) throws IOException, BadUseException {
        Optional<String> provisioned = name();
        if (given.isPresent()) {
            requireName(given.get());
        }
        if (given.isPresent() && provisioned.isPresent() && !given.equals(provisioned)) {
            throw new BadUseException(
                    folder + " is the board " + provisioned.get() + "; leave out --name or give another --data");
        }
        return provisioned
                .or(() -> given)
                .orElseThrow(() -> new BadUseException("this board has no name yet: give --name, or provision it"));
    }

    /** The trusted keys; none when the board was not provisioned. */
    List<ImageKey.Public> trustedKeys() throws IOException, BadUseException {
        List<ImageKey.Public> trusted = new ArrayList<>();
        if (!Files.isDirectory(keys())) {
            return trusted;
        }
        try (Stream<Path> files = Files.list(keys())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".pem"))
                    .sorted()
                    .toList()) {
                trusted.add(readKey(file));
            }
        }
        return trusted;
    }

    /** Reads a public key that a person named. */
    static ImageKey.Public readKey(Path file) throws IOException, BadUseException {
        if (!Files.isRegularFile(file)) {
            throw new BadUseException("there is no key file " + file);
        }
        try {
            return ImageKey.Public.read(file);
        } catch (MalformedDataException e) {
            throw new BadUseException(file + " is no Ed25519 public key: " + e.getMessage());
        }
    }
}
