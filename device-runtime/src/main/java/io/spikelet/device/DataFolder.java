package io.spikelet.device;

import io.spikelet.hal.file.FileStore;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.KeyRing;
import io.spikelet.telemetry.SparkplugGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A board's folder.
 *
 * <pre>
 * DIR/name         the device's name
 * DIR/group        its Sparkplug group; without it the usual one
 * DIR/keys/        the {@link KeyRing}: the public keys whose signature it trusts, and those it no longer does
 * DIR/broker/      how to reach the broker, with its secrets: {@link BrokerFolder}
 * DIR/store/       the {@link io.spikelet.hal.Store}: slots, images, what was learned, settings
 * DIR/files/       what SMP's file group keeps, and all that it reaches
 * </pre>
 */
final class DataFolder {
    private static final String NAME_RULE = "1 to 64 letters, digits, dots, underscores or hyphens";
    private static final long MAX_NAME_BYTES = 256;
    private static final String GROUP_FILE = "group";

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    Path store() {
        return folder.resolve("store");
    }

    /** What SMP's file group keeps. */
    Path files() {
        return folder.resolve("files");
    }

    /** Bytes left for this board on the disk that holds the folder. */
    long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    /** What provisioning said of the broker; see {@link BrokerFolder}. */
    Path broker() {
        return folder.resolve("broker");
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

    /** The keys that the board trusts, read anew. */
    KeyRing keyRing() throws IOException {
        return KeyRing.open(() -> FileStore.open(keys()));
    }

    /** Refuses to make one board another. */
    void requireSameName(String name) throws IOException, BadUseException {
        Optional<String> present = name();
        if (present.isPresent() && !present.get().equals(name)) {
            throw new BadUseException(folder + " is the board " + present.get() + " already, not " + name);
        }
    }

    /** Names the board; doing it twice changes nothing. */
    void provision(String name) throws IOException, BadUseException {
        requireSameName(name);
        if (name().isEmpty()) {
            Files.createDirectories(folder);
            replace(nameFile(), name);
        }
    }

    /** Whole or not at all. */
    private static void replace(Path file, String line) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, line + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Checks a Sparkplug group that a person gave. */
    static String requireGroup(String group) throws BadUseException {
        try {
            return SparkplugGroup.require(group);
        } catch (IllegalArgumentException e) {
            throw new BadUseException(e.getMessage());
        }
    }

    /** Keeps the board's Sparkplug group; it counts from the next start on. */
    void keepGroup(String group) throws IOException, BadUseException {
        requireGroup(group);
        if (!group().equals(group)) {
            Files.createDirectories(folder);
            replace(folder.resolve(GROUP_FILE), group);
        }
    }

    /** The board's Sparkplug group: the usual one where provisioning named none. */
    String group() throws IOException, BadUseException {
        Path file = folder.resolve(GROUP_FILE);
        if (!Files.exists(file)) {
            return SparkplugGroup.USUAL;
        }
        if (Files.size(file) > MAX_NAME_BYTES) {
            throw new BadUseException(
                    file + " holds no Sparkplug group; give the board another with 'provision --group'");
        }
        return requireGroup(Files.readString(file, StandardCharsets.UTF_8).strip());
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
