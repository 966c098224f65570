package io.spikelet.host.fleet.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Who may look. With a token: whoever shows it, as a bearer, in the page's cookie, or once in the address. Without one,
 * whoever sits at this machine, and asks for it by one of its own names, so that no page of another site can ask in a
 * browser's name.
 */
final class AccessGuard {
    static final String COOKIE = "spikelet";

    private final Optional<String> token;

    AccessGuard(Optional<String> token) {
        this.token = token;
    }

    boolean admits(HttpExchange exchange) {
        if (token.isEmpty()) {
            return isOwnName(exchange.getRequestHeaders().getFirst("Host"));
        }
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer != null && bearer.startsWith("Bearer ") && isToken(bearer.substring("Bearer ".length()))) {
            return true;
        }
        for (String cookies : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String cookie : cookies.split("; *")) {
                if (cookie.startsWith(COOKIE + "=") && isToken(cookie.substring(COOKIE.length() + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the address itself brings the right token, which a cookie is to take over. */
    boolean isToken(String shown) {
        return token.isPresent()
                && MessageDigest.isEqual(
                        token.get().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOwnName(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d{1,5}$", "");
        if (name.equalsIgnoreCase("localhost")) {
            return true;
        }
        // Only what looks like an address is parsed, so that no name is looked up.
        return name.matches("127(\\.\\d{1,3}){3}|\\[::1]");
    }

    static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress();
    }
}
