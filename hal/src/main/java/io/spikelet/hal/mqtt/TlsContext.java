package io.spikelet.hal.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the JDK's TLS from PEM files. */
final class TlsContext {
    private static final int MAX_PEM_BYTES = 1 << 20;
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private TlsContext() {}

    static SSLContext of(MqttOptions options) throws IOException {
        TrustManager[] trust = null;
        if (options.caFile().isPresent()) {
            trust = trustIn(options.caFile().get());
        }
        KeyManager[] keys = null;
        Optional<Path> certificate = options.clientCertificate();
        if (certificate.isPresent()) {
            keys = keysOf(certificate.get(), options.clientKey().orElseThrow());
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IOException("this Java has no TLS; install a complete one", missing);
        }
    }

    private static TrustManager[] trustIn(Path file) throws IOException {
        Collection<? extends Certificate> authorities = certificates(file);
        try {
            KeyStore store = emptyStore();
            int index = 0;
            for (Certificate authority : authorities) {
                store.setCertificateEntry("ca-" + index++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the certificates in " + file + " cannot be used; give others", unusable);
        }
    }

    private static KeyManager[] keysOf(Path certificateFile, Path keyFile) throws IOException {
        Certificate[] chain = certificates(certificateFile).toArray(new Certificate[0]);
        PrivateKey key = privateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("client", key, new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the certificate " + certificateFile + " and the key " + keyFile
                            + " cannot be used together; give a pair",
                    unusable);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        byte[] pem = read(file);
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        } catch (CertificateException malformed) {
            throw new IOException(file + " holds no readable certificate; give a PEM file", malformed);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate; give a PEM file");
        }
        return found;
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws IOException {
        byte[] pem = read(file);
        // Neither the text nor the cause goes into a message: both may hold parts of the key.
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        Arrays.fill(pem, (byte) 0);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " holds no unencrypted PKCS #8 key; make one with: openssl pkcs8 -topk8"
                    + " -nocrypt -in OLD -out NEW");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IOException(file + " holds no readable " + algorithm + " key; give the key of the certificate");
        }
    }

    private static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_PEM_BYTES + 1);
        } catch (IOException unreadable) {
            throw new IOException("cannot read " + file + "; check the path and who may read it", unreadable);
        }
        if (bytes.length > MAX_PEM_BYTES) {
            throw new IOException(file + " is larger than " + MAX_PEM_BYTES + " bytes; give a PEM file");
        }
        return bytes;
    }
}
