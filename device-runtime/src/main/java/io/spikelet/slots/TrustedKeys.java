package io.spikelet.slots;

import io.spikelet.model.container.ImageKey;
import java.util.Collection;
import java.util.List;

/** Whose signature a board accepts now. */
public interface TrustedKeys {
    /** The keys whose signature is accepted. */
    Collection<ImageKey.Public> trusted();

    /** @param keyHash SHA-256 of a key's DER SubjectPublicKeyInfo, lower-case hex */
    boolean isRevoked(String keyHash);

    /** These keys, and none revoked. */
    static TrustedKeys of(Collection<ImageKey.Public> keys) {
        List<ImageKey.Public> trusted = List.copyOf(keys);
        return new TrustedKeys() {
            @Override
            public Collection<ImageKey.Public> trusted() {
                return trusted;
            }

            @Override
            public boolean isRevoked(String keyHash) {
                return false;
            }
        };
    }
}
