package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An Ed25519 key that signs images, in the files that imgtool and openssl use: PKCS#8 in PEM for the private half,
 * SubjectPublicKeyInfo in PEM for the public one (RFC 8410), neither encrypted.
 */
public sealed interface ImageKey permits ImageKey.Private, ImageKey.Public {

    /** What signs. Its file is its owner's alone; its bytes reach no text and no log. */
    final class Private implements ImageKey {
        private final byte[] seed;
        private final Public publicKey;

        private Private(byte[] seed) {
            this.seed = seed;
            this.publicKey = new Public(Ed25519.publicKey(seed));
        }

        public static Private generate() {
            return new Private(Ed25519.newSeed());
        }

        /**
         * Reads a key file.
         *
         * @throws MalformedDataException when the file is not an unencrypted Ed25519 PKCS#8 PEM
         */
        public static Private read(Path file) throws IOException, MalformedDataException {
            return new Private(KeyFile.PRIVATE.read(file));
        }

        /**
         * Writes a key file that only its owner can read: whole or not at all, never over a file that is there.
         *
         * @throws IOException when a file is there, or the file system knows no owner-only permissions
         */
        public void write(Path file) throws IOException {
            KeyFile.PRIVATE.write(file, seed);
        }

        public Public publicKey() {
            return publicKey;
        }

        byte[] sign(byte[] message) {
            return Ed25519.sign(seed, message);
        }

        @Override
        public String toString() {
            return "private half of " + publicKey;
        }
    }

    /** What verifies. */
    final class Public implements ImageKey {
        private final byte[] point;
        private final byte[] keyHash;

        private Public(byte[] point) {
            this.point = point;
            byte[] der = KeyFile.PUBLIC.der(point);
            this.keyHash = Sha256.of(der, 0, der.length);
        }

        /**
         * Reads a key file.
         *
         * @throws MalformedDataException when the file is not an Ed25519 SubjectPublicKeyInfo PEM
         */
        public static Public read(Path file) throws IOException, MalformedDataException {
            return ofPoint(file.toString(), KeyFile.PUBLIC.read(file));
        }

        /**
         * Reads the text of a key file.
         *
         * @param source where the text is from, for messages
         * @throws MalformedDataException when it is not an Ed25519 SubjectPublicKeyInfo PEM
         */
        public static Public ofPem(String source, String text) throws MalformedDataException {
            return ofPoint(source, KeyFile.PUBLIC.parse(Path.of(source), text.strip()));
        }

        static Public ofPoint(String source, byte[] point) throws MalformedDataException {
            if (!Ed25519.isPoint(point)) {
                throw new MalformedDataException(0, source + " holds no point of the curve Ed25519");
            }
            return new Public(point);
        }

        /** The 32 bytes of RFC 8032. */
        byte[] point() {
            return point.clone();
        }

        /**
         * Writes a key file that all can read: whole or not at all, never over a file that is there.
         *
         * @throws IOException when a file is there
         */
        public void write(Path file) throws IOException {
            KeyFile.PUBLIC.write(file, point);
        }

        /** The file's text. */
        public String pem() {
            return KeyFile.PUBLIC.pem(point);
        }

        /** SHA-256 of the DER SubjectPublicKeyInfo, as imgtool puts it into the KEYHASH TLV. */
        public byte[] keyHash() {
            return keyHash.clone();
        }

        boolean verifies(byte[] message, byte[] signature) {
            return Ed25519.verifies(point, message, signature);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Public key && Arrays.equals(point, key.point);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(point);
        }

        @Override
        public String toString() {
            return "Ed25519 key " + ModelImage.shortHex(keyHash);
        }
    }
}
