package io.spikelet.host.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/** Lets in the users of a fixed table. Whoever is in may use every topic, but not manage the broker. */
final class KnownUsers implements ActiveMQSecurityManager5 {
    private static final String NOBODY = "anonymous";

    private final Map<String, String> passwords;
    private final boolean anonymous;

    KnownUsers(Map<String, String> passwords, boolean anonymous) {
        this.passwords = passwords;
        this.anonymous = anonymous;
    }

    /** Returns null when the client is refused. */
    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
        if (!validateUser(user, password)) {
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user == null ? NOBODY : user));
        return subject;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        return subject != null && check != CheckType.MANAGE;
    }

    @Override
    public boolean validateUser(String user, String password) {
        if (user == null || user.isEmpty()) {
            return anonymous;
        }
        String expected = passwords.get(user);
        return expected != null && password != null && MessageDigest.isEqual(bytes(expected), bytes(password));
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
        return validateUser(user, password) && check != CheckType.MANAGE;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
