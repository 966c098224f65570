package io.spikelet.host.fleet.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of our own on a free port, where its programs are installed. */
final class PostgresServer implements Closeable {
    private static final Path PLACE = Path.of("/usr/lib/postgresql");
    private static final int SECONDS = 60;

    private final Path folder;
    private final Path programs;
    private final int port;

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** Where its programs are; empty when it is not installed or may not be started by this user. */
    static Optional<Path> installed() throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (!Files.isDirectory(PLACE) || root && !Files.isExecutable(Path.of("/usr/sbin/runuser"))) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PLACE)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    static PostgresServer start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fleet-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(folder, installed().orElseThrow(), port);
        server.run("initdb", "-D", server.data(), "-A", "trust", "-U", "fleet", "--no-sync", "-E", "UTF8");
        server.run(
                "pg_ctl",
                "-D",
                server.data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off",
                "start");
        return server;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** A new, empty database. */
    String database(String name) throws IOException, InterruptedException {
        run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "fleet", name);
        return "postgresql://fleet@127.0.0.1:" + port + "/" + name;
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("/usr/sbin/runuser", "-u", "postgres", "--")); // it does not run as root
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("postgres", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        String words = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(program + " failed: " + words);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
