package io.spikelet.device;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What provisioning said of the broker, a file each, which the board's user alone can read. Without a URL there is no
 * broker, so it is written last and removed first.
 */
public final class BrokerFolder {
    /** {@code mqtt://HOST[:PORT]} or {@code mqtts://…}. */
    public static final String URL = "url";
    /** The user's name at the broker. */
    public static final String USER = "user";
    /** The password, in the first line. */
    public static final String PASSWORD = "password";
    /** PEM certificates to trust instead of the system's. */
    public static final String AUTHORITY = "ca.pem";
    /** The board's own PEM certificate, to be shown to the broker. */
    public static final String CERTIFICATE = "certificate.pem";
    /** The certificate's unencrypted private key, PKCS #8 in PEM. */
    public static final String CERTIFICATE_KEY = "certificate-key.pem";

    /** All of them. */
    public static final List<String> FILES = List.of(URL, USER, PASSWORD, AUTHORITY, CERTIFICATE, CERTIFICATE_KEY);

    private final Path folder;

    BrokerFolder(Path folder) {
        this.folder = folder;
    }

    static void replace(Store store, Map<String, byte[]> files) throws IOException {
        store.delete(URL);
        for (String name : store.list()) {
            store.delete(name);
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals(URL)) {
                store.write(file.getKey(), file.getValue());
            }
        }
        store.write(URL, files.get(URL));
    }

    /** Where the broker is, or empty when provisioning named none. */
    Optional<String> url() throws IOException {
        return text(URL);
    }

    Optional<String> user() throws IOException {
        return text(USER);
    }

    /** Where a file lies, if it does. */
    Optional<Path> file(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    private Optional<String> text(String name) throws IOException {
        Optional<Path> file = file(name);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Files.readString(file.get(), StandardCharsets.UTF_8).strip());
    }
}
