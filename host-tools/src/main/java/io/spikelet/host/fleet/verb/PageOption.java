package io.spikelet.host.fleet.verb;

import io.spikelet.host.fleet.dashboard.DashboardServer;
import io.spikelet.host.fleet.dashboard.FleetSource;
import io.spikelet.host.link.Links;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the page is served and to whom. */
final class PageOption {
    private static final String USUAL = "127.0.0.1:8080";
    private static final int TOKEN_BYTES = 16;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = USUAL,
            description = "Where the page listens (${DEFAULT-VALUE}); port 0 takes any free one. Other addresses than"
                    + " this machine's own ask for a token.")
    private String listen;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File whose first line is the token that a browser must show; made for this run when it is"
                    + " needed and not given.")
    private Path tokenFile;

    PageOption() {}

    /** Starts the page and says where it is. */
    DashboardServer start(FleetSource source, PrintWriter out) throws IOException {
        InetSocketAddress address = address();
        Optional<String> token = tokenFile != null
                ? Optional.of(new String(Links.password(tokenFile)))
                : address.isUnresolved() || address.getAddress().isLoopbackAddress()
                        ? Optional.empty()
                        : Optional.of(randomToken());
        if (token.isPresent() && !token.get().matches("[A-Za-z0-9._~-]{8,256}")) {
            throw new IllegalArgumentException(
                    "a token has 8 to 256 letters, digits, dots, dashes, underscores and tildes: look at " + tokenFile);
        }
        DashboardServer server = DashboardServer.start(address, source, token);
        boolean made = token.isPresent() && tokenFile == null;
        out.println("page        " + server.uri() + (made ? "?token=" + token.get() : ""));
        if (token.isPresent()) {
            out.println(
                    made
                            ? "            (token made for this run; --token-file FILE sets your own)"
                            : "            (open it once with /?token=TOKEN)");
        }
        return server;
    }

    private InetSocketAddress address() {
        try {
            URI uri = URI.create("http://" + listen);
            if (uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() <= 65_535) {
                return new InetSocketAddress(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException unreadable) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + listen + "\" is no address to listen on; write 127.0.0.1:8080");
    }

    private static String randomToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
