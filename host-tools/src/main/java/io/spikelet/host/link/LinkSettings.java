package io.spikelet.host.link;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to be let in where a board is; a serial line needs none of it.
 *
 * @param user user name at the MQTT broker
 * @param passwordFile file whose first line is the password at the MQTT broker
 * @param caFile PEM certificates to trust in place of the system's, for {@code mqtts}
 * @param certificate a PEM certificate to show to the broker, for {@code mqtts}; goes with {@code key}
 * @param key the unencrypted PKCS #8 PEM key of {@code certificate}
 */
public record LinkSettings(
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        Optional<Path> certificate,
        Optional<Path> key) {
    /** Neither credentials nor certificates. */
    public static final LinkSettings NONE = new LinkSettings(Optional.empty(), Optional.empty(), Optional.empty());

    public LinkSettings {
        if (user.isPresent() != passwordFile.isPresent()) {
            throw new IllegalArgumentException("a user name and a password file go together");
        }
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("a certificate and its key go together");
        }
    }

    /** Without a certificate of one's own. */
    public LinkSettings(Optional<String> user, Optional<Path> passwordFile, Optional<Path> caFile) {
        this(user, passwordFile, caFile, Optional.empty(), Optional.empty());
    }
}
