package io.spikelet.host.broker;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet broker}: the embedded broker in the foreground, until Ctrl-C. */
@Command(
        name = "broker",
        description = "Run an MQTT broker (3.1.1 and 5) in the foreground, until Ctrl-C.",
        footer = {
            "",
            "Example: a broker for the boards of the local network, its users in a file of NAME:PASSWORD lines",
            "  spikelet broker --host 0.0.0.0 --users users.txt"
        })
public final class BrokerCommand implements Callable<Integer> {
    private static final int PASSWORD_BYTES = 12;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "1883", description = "Port, 0 for any free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Who may connect, one NAME:PASSWORD a line. Without it, one user is made for this run.")
    private Path users;

    @Option(names = "--anonymous", description = "Let in clients that name no user.")
    private boolean anonymous;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Keep messages here over restarts; else in memory alone.")
    private Path data;

    @Spec
    private CommandSpec spec;

    /** For the command line's parser. */
    public BrokerCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> passwords = users == null ? Map.of() : readUsers(users);
        boolean needsUser = passwords.isEmpty() && !anonymous;
        if (needsUser) {
            passwords = Map.of("spikelet", randomPassword());
        }
        BrokerOptions options = new BrokerOptions(host, port, passwords, anonymous, Optional.ofNullable(data));
        EmbeddedBroker broker = EmbeddedBroker.start(options);
        PrintWriter err = spec.commandLine().getErr();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker, err), "broker-stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("broker    mqtt://" + broker.uri().getAuthority());
        if (needsUser) {
            out.println("user      spikelet");
            out.println(
                    "password  " + passwords.get("spikelet") + "   (made for this run; --users FILE sets your own)");
        }
        out.println("Ctrl-C stops it.");
        out.flush();
        new CountDownLatch(1).await(); // Ctrl-C ends the process, and the hook above the broker
        return 0;
    }

    private static void stop(EmbeddedBroker broker, PrintWriter err) {
        try {
            broker.close();
        } catch (IOException failure) {
            err.println("spikelet: " + failure.getMessage());
        }
    }

    private static String randomPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Reads NAME:PASSWORD lines; empty ones and those that start with # say nothing. */
    public static Map<String, String> readUsers(Path file) throws IOException {
        Map<String, String> passwords = new LinkedHashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || colon == line.length() - 1) {
                throw new IllegalArgumentException("%s, line %d: expected NAME:PASSWORD".formatted(file, number));
            }
            passwords.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return passwords;
    }
}
