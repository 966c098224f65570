package io.spikelet.device;

import io.spikelet.hal.file.FileStore;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.KeyRefusedException;
import io.spikelet.slots.KeyRing;
import io.spikelet.telemetry.SparkplugGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * All that makes a board one of a fleet, in one zip file that a host writes and a board takes: {@code name}, the
 * Sparkplug group {@code group} where one is meant, the public keys {@code keys/0.pem}, {@code keys/1.pem} and so on, and
 * under {@code broker/} the files of {@link BrokerFolder}.
 * Entries of other names, and more bytes than these need, are refused. It may hold a password and a private key: the file is
 * its owner's alone, and its content reaches no text.
 */
public final class ProvisionArchive {
    private static final String NAME = "name";
    private static final String GROUP = "group";
    private static final String KEYS = "keys/";
    private static final String BROKER = "broker/";
    private static final int MOST_ENTRIES = 64;
    private static final int MOST_ENTRY_BYTES = 1 << 16;

    private final String name;
    private final Optional<String> group;
    private final List<ImageKey.Public> keys;
    private final Map<String, byte[]> broker;

    private ProvisionArchive(
            String name, Optional<String> group, List<ImageKey.Public> keys, Map<String, byte[]> broker) {
        this.name = name;
        this.group = group;
        this.keys = List.copyOf(keys);
        this.broker = broker;
    }

    /**
     * Puts an archive together.
     *
     * @param name the device's name
     * @param group its Sparkplug group; empty leaves the board's as it is
     * @param keys to trust, one at least
     * @param broker files of {@link BrokerFolder#FILES} by name; empty for a board without a broker
     * @throws IllegalArgumentException when a part is not allowed
     */
    public static ProvisionArchive of(
            String name, Optional<String> group, List<ImageKey.Public> keys, Map<String, byte[]> broker) {
        group.ifPresent(SparkplugGroup::require);
        try {
            DataFolder.requireName(name);
        } catch (BadUseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (keys.isEmpty() || keys.size() > MOST_ENTRIES / 2) {
            throw new IllegalArgumentException("a board trusts 1 to " + MOST_ENTRIES / 2 + " keys: " + keys.size());
        }
        if (!BrokerFolder.FILES.containsAll(broker.keySet())
                || !broker.isEmpty() && !broker.containsKey(BrokerFolder.URL)) {
            throw new IllegalArgumentException("the files of a broker are " + BrokerFolder.FILES + ", not "
                    + broker.keySet() + ", and " + BrokerFolder.URL + " must be among them");
        }
        return new ProvisionArchive(name, group, keys, new LinkedHashMap<>(broker));
    }

    /** Writes a new file that its owner alone can read. */
    public void write(Path file) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.newByteChannel(file, fresh, mine).close();
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, NAME, (name + "\n").getBytes(StandardCharsets.UTF_8));
            if (group.isPresent()) {
                put(zip, GROUP, (group.get() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < keys.size(); i++) {
                put(zip, KEYS + i + ".pem", keys.get(i).pem().getBytes(StandardCharsets.US_ASCII));
            }
            for (Map.Entry<String, byte[]> part : broker.entrySet()) {
                put(zip, BROKER + part.getKey(), part.getValue());
            }
        }
    }

    private static void put(ZipOutputStream zip, String entry, byte[] bytes) throws IOException {
        if (bytes.length > MOST_ENTRY_BYTES) {
            throw new IOException(entry + " has " + bytes.length + " bytes; a board takes " + MOST_ENTRY_BYTES);
        }
        ZipEntry named = new ZipEntry(entry);
        named.setTime(0); // the same parts give the same file
        zip.putNextEntry(named);
        zip.write(bytes);
        zip.closeEntry();
    }

    static ProvisionArchive read(Path file) throws IOException, BadUseException {
        String name = "";
        Optional<String> group = Optional.empty();
        List<ImageKey.Public> keys = new ArrayList<>();
        Map<String, byte[]> broker = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(MOST_ENTRY_BYTES + 1);
                if (++entries > MOST_ENTRIES || bytes.length > MOST_ENTRY_BYTES) {
                    throw new BadUseException(file + " holds more than a provision archive may");
                }
                String word = entry.getName();
                if (word.equals(NAME)) {
                    name = new String(bytes, StandardCharsets.UTF_8).strip();
                } else if (word.equals(GROUP)) {
                    group = Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
                } else if (word.matches("keys/\\d{1,2}\\.pem")) {
                    keys.add(ImageKey.Public.ofPem(word, new String(bytes, StandardCharsets.ISO_8859_1)));
                } else if (word.startsWith(BROKER) && BrokerFolder.FILES.contains(word.substring(BROKER.length()))) {
                    broker.put(word.substring(BROKER.length()), bytes);
                } else {
                    throw new BadUseException(file + " holds an entry that no provision archive has");
                }
            }
            return of(name, group, keys, broker);
        } catch (NoSuchFileException e) {
            throw new BadUseException("there is no file " + file);
        } catch (ZipException | MalformedDataException | IllegalArgumentException e) {
            throw new BadUseException(file + " is no provision archive: " + e.getMessage());
        }
    }

    /**
     * Gives a board all of it, the name last; cut anywhere, the same once more completes it. Keys that the board has
     * revoked stay so.
     *
     * @return those that were left out
     * @throws BadUseException when the board takes no key of it; nothing changed then
     */
    List<ImageKey.Public> into(DataFolder folder) throws IOException, BadUseException {
        folder.requireSameName(name);
        KeyRing ring = folder.keyRing();
        List<ImageKey.Public> revoked =
                keys.stream().filter(key -> ring.isRevoked(KeyRing.hash(key))).toList();
        if (revoked.size() == keys.size()) {
            throw new BadUseException("this board has revoked every key of the archive, and a revoked key is never"
                    + " trusted again: make an archive with a key that is in use");
        }
        for (ImageKey.Public key : keys) {
            if (revoked.contains(key)) {
                continue;
            }
            try {
                ring.add(key);
            } catch (KeyRefusedException e) {
                throw new BadUseException(e.getMessage());
            }
        }
        if (!broker.isEmpty()) {
            try (FileStore store = FileStore.open(folder.broker())) {
                BrokerFolder.replace(store, broker);
            }
        }
        if (group.isPresent()) {
            folder.keepGroup(group.get());
        }
        folder.provision(name);
        return revoked;
    }

    public String name() {
        return name;
    }

    /** The Sparkplug group, or empty when the board's stays as it is. */
    public Optional<String> group() {
        return group;
    }

    public List<ImageKey.Public> keys() {
        return keys;
    }

    /** Where the broker is, or empty. */
    public String broker() {
        byte[] url = broker.getOrDefault(BrokerFolder.URL, new byte[0]);
        return new String(url, StandardCharsets.UTF_8).strip();
    }

    @Override
    public String toString() {
        return "provision archive of " + name;
    }
}
