package io.spikelet.slots;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ImageRefusedException;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.KeyRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that a board trusts, in a store of their own:
 *
 * <pre>
 * HASH16.pem      a trusted key; HASH16 is what its name in messages is, by convention
 * HASH64.revoked  the key of this hash is not trusted whatever else lies here
 * list.img        the last key list that was taken, {@link KeyList}
 * </pre>
 *
 * A change has one write that decides: the mark of a revoked key, the file of a new one, the list. What must follow a list
 * is done anew at each opening until it is done, so power lost at any operation leaves the keys before or after it. The
 * store is held only while it is read or changed, so that a person can provision a board that runs; {@link #reload} at a
 * start sees it. Used by one thread.
 */
public final class KeyRing implements TrustedKeys {

    /** Opens the store of the keys; called at each use. */
    public interface Opener {
        Store open() throws IOException;
    }

    private static final String KEY_SUFFIX = ".pem";
    private static final String REVOKED_SUFFIX = ".revoked";
    private static final String LIST = "list.img";
    private static final int SHORT_HASH = 16;
    private static final int HASH = 64;

    private final Opener opener;
    private Map<String, ImageKey.Public> trusted = Map.of();
    private Set<String> revoked = Set.of();
    private long sequence;

    private KeyRing(Opener opener) {
        this.opener = opener;
    }

    /**
     * Reads the keys, and finishes a change that a power cut interrupted.
     *
     * @throws IOException when the store fails or a file in it is damaged
     */
    public static KeyRing open(Opener opener) throws IOException {
        KeyRing ring = new KeyRing(opener);
        ring.reload();
        return ring;
    }

    /** Reads the keys anew. */
    public void reload() throws IOException {
        try (Store store = opener.open()) {
            settle(store);
        }
    }

    @Override
    public Collection<ImageKey.Public> trusted() {
        return List.copyOf(trusted.values());
    }

    @Override
    public boolean isRevoked(String keyHash) {
        return revoked.contains(keyHash);
    }

    /** The hashes of the keys that were revoked, sorted. */
    public List<String> revoked() {
        return List.copyOf(revoked);
    }

    /** Of the last key list that was taken; 0 when none was. */
    public long sequence() {
        return sequence;
    }

    /** SHA-256 of the key's DER SubjectPublicKeyInfo, lower-case hex. */
    public static String hash(ImageKey.Public key) {
        return HexFormat.of().formatHex(key.keyHash());
    }

    /** Trusts one more key; a key that is trusted already changes nothing. */
    public void add(ImageKey.Public key) throws IOException, KeyRefusedException {
        try (Store store = opener.open()) {
            settle(store);
            requireNeverRevoked(key);
            if (!trusted.containsKey(hash(key))) {
                store.write(fileName(key), pem(key));
                settle(store);
            }
        }
    }

    /**
     * Trusts a key no more, ever.
     *
     * @param named the key's hash, or as much of its beginning, 8 digits at least, as tells it from other trusted keys
     * @param force also when it is the last one; the board then takes no image until it is provisioned again
     * @return the whole hash
     */
    public String revoke(String named, boolean force) throws IOException, KeyRefusedException {
        try (Store store = opener.open()) {
            settle(store);
            String hash = find(named);
            if (trusted.containsKey(hash) && trusted.size() == 1 && !force) {
                throw lastKey();
            }
            if (!revoked.contains(hash)) {
                store.write(hash + REVOKED_SUFFIX, new byte[0]);
            }
            settle(store);
            return hash;
        }
    }

    /**
     * Takes a signed key list. The same list again changes nothing.
     *
     * @return the list
     */
    public KeyList apply(byte[] file) throws IOException, KeyRefusedException {
        try (Store store = opener.open()) {
            settle(store);
            ModelImage image = whole(file);
            KeyList list = list(image);
            Optional<byte[]> last = store.read(LIST);
            if (last.isPresent() && Arrays.equals(last.get(), file)) {
                return list;
            }
            try {
                image.verify(trusted.values());
            } catch (ImageRefusedException e) {
                throw new KeyRefusedException(Reason.SIGNATURE, "the key list is refused: " + e.getMessage(), e);
            }
            if (list.sequence() <= sequence) {
                throw new KeyRefusedException(
                        Reason.SEQUENCE,
                        "the key list has the sequence " + list.sequence() + ", but list " + sequence
                                + " was taken already");
            }
            for (ImageKey.Public key : list.added()) {
                requireNeverRevoked(key);
            }
            Map<String, ImageKey.Public> then = new LinkedHashMap<>(trusted);
            list.added().forEach(key -> then.put(hash(key), key));
            list.revoked().forEach(then::remove);
            if (then.isEmpty()) {
                throw lastKey();
            }
            store.write(LIST, file);
            settle(store);
            return list;
        }
    }

    /** Does what the list asks for and was not done yet, and reads what then holds. */
    private void settle(Store store) throws IOException {
        Optional<byte[]> file = store.read(LIST);
        KeyList list = null;
        if (file.isPresent()) {
            try {
                list = list(whole(file.get()));
            } catch (KeyRefusedException e) {
                throw new IOException("the key list of this board is damaged: " + e.getMessage(), e);
            }
            for (String hash : list.revoked()) {
                if (store.size(hash + REVOKED_SUFFIX) < 0) {
                    store.write(hash + REVOKED_SUFFIX, new byte[0]);
                }
            }
        }
        read(store);
        if (list != null) {
            for (ImageKey.Public key : list.added()) {
                if (!revoked.contains(hash(key)) && !trusted.containsKey(hash(key))) {
                    store.write(fileName(key), pem(key));
                    trusted.put(hash(key), key);
                }
            }
        }
        sequence = list == null ? 0 : list.sequence();
    }

    private void read(Store store) throws IOException {
        Set<String> marked = new TreeSet<>();
        Map<String, ImageKey.Public> keys = new LinkedHashMap<>();
        for (String name : store.list()) {
            if (name.endsWith(REVOKED_SUFFIX)) {
                marked.add(name.substring(0, name.length() - REVOKED_SUFFIX.length()));
            }
        }
        for (String name : store.list()) {
            if (name.endsWith(KEY_SUFFIX)) {
                ImageKey.Public key = key(store, name);
                if (marked.contains(hash(key))) {
                    store.delete(name);
                } else {
                    keys.put(hash(key), key);
                }
            }
        }
        trusted = keys;
        revoked = marked;
    }

    private static ImageKey.Public key(Store store, String name) throws IOException {
        try {
            byte[] pem = store.read(name).orElse(new byte[0]);
            return ImageKey.Public.ofPem(name, new String(pem, StandardCharsets.ISO_8859_1));
        } catch (MalformedDataException e) {
            throw new IOException(name + " among the board's keys is no Ed25519 public key: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " among the board's keys: " + e.getMessage() + "; give the file another", e);
        }
    }

    private String find(String named) throws KeyRefusedException {
        String hash = named.toLowerCase(Locale.ROOT);
        if (hash.matches("[0-9a-f]{" + HASH + "}")) {
            return hash;
        }
        List<String> meant = hash.matches("[0-9a-f]{8,}")
                ? trusted.keySet().stream().filter(key -> key.startsWith(hash)).toList()
                : List.of();
        if (meant.size() != 1) {
            throw new KeyRefusedException(
                    Reason.UNKNOWN_KEY,
                    "\"" + named + "\" names " + meant.size() + " of the " + trusted.size()
                            + " trusted keys; give the first 8 or more digits of one key's hash, or all 64");
        }
        return meant.getFirst();
    }

    private void requireNeverRevoked(ImageKey.Public key) throws KeyRefusedException {
        if (revoked.contains(hash(key))) {
            throw new KeyRefusedException(
                    Reason.REVOKED, key + " was revoked on this board and is never trusted again; make a new one");
        }
    }

    private static KeyRefusedException lastKey() {
        return new KeyRefusedException(
                Reason.LAST_KEY,
                "no key would be left, and the board would refuse every image; add another key first, or force it");
    }

    private static ModelImage whole(byte[] file) throws KeyRefusedException {
        try {
            return ModelImage.parse(file);
        } catch (MalformedDataException e) {
            throw new KeyRefusedException(Reason.NOT_A_LIST, "this is no whole key list: " + e.getMessage(), e);
        }
    }

    private static KeyList list(ModelImage image) throws KeyRefusedException {
        try {
            return KeyList.of(image);
        } catch (MalformedDataException e) {
            throw new KeyRefusedException(Reason.NOT_A_LIST, "this is no whole key list: " + e.getMessage(), e);
        }
    }

    private static String fileName(ImageKey.Public key) {
        return hash(key).substring(0, SHORT_HASH) + KEY_SUFFIX;
    }

    private static byte[] pem(ImageKey.Public key) {
        return key.pem().getBytes(StandardCharsets.US_ASCII);
    }
}
