package io.spikelet.hal.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Self-signed pairs by the JDK's keytool, each good for the name localhost alone; for tests of every module. */
public final class Certificates {
    static final char[] STORE_PASSWORD = "changeit".toCharArray();

    /**
     * One certificate and its key.
     *
     * @param store holds both, below the pair's name
     * @param certificate PEM
     * @param key PKCS #8 PEM
     */
    public record Pair(KeyStore store, Path certificate, Path key) {}

    private Certificates() {}

    /** @param folder takes the files */
    public static Pair make(Path folder, String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(STORE_PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve(name + ".log")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        return new Pair(
                store,
                pem(
                        folder.resolve(name + ".pem"),
                        "CERTIFICATE",
                        store.getCertificate(name).getEncoded()),
                pem(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        store.getKey(name, STORE_PASSWORD).getEncoded()));
    }

    static Path pem(Path file, String label, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
