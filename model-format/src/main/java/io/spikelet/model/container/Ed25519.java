package io.spikelet.model.container;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Ed25519 (RFC 8032) by the JDK, on the raw 32 bytes of either half. */
final class Ed25519 {
    static final int KEY_SIZE = 32;
    private static final String NAME = "Ed25519";

    private Ed25519() {}

    static byte[] newSeed() {
        byte[] seed = new byte[KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        return seed;
    }

    /**
     * The public half. The JDK has no call for it, but its generator takes the private half from the random numbers it
     * is given; that it did so is checked.
     */
    static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(used, seed)) {
                throw new IllegalStateException("this Java's Ed25519 generator does not take the seed it is given");
            }
            byte[] der = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(der, der.length - KEY_SIZE, der.length);
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    static byte[] sign(byte[] seed, byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance(NAME)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    static boolean verifies(byte[] point, byte[] message, byte[] bytes) {
        try {
            Signature signature = verifier(point);
            signature.update(message);
            return signature.verify(bytes);
        } catch (SignatureException e) {
            // The JDK's word for a signature whose numbers are out of range.
            return false;
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    static boolean isPoint(byte[] point) {
        try {
            verifier(point);
            return true;
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    private static Signature verifier(byte[] point) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(KeyFile.PUBLIC.der(point)));
        Signature signature = Signature.getInstance(NAME);
        signature.initVerify(key);
        return signature;
    }

    private static IllegalStateException lacking(GeneralSecurityException e) {
        return new IllegalStateException("this Java lacks Ed25519", e);
    }

    /** Random numbers that are not: hands out the seed. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] given;

        GivenBytes(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, Math.min(given.length, bytes.length));
        }
    }
}
