package io.spikelet.bench.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the package of the agent installs, in a copy of its own, so that caches are made and taken away without touching
 * the original: the launcher, and the folder with the trimmed Java, the jars and the cache of classes.
 */
final class InstalledTree {
    private static final String PROGRAM = "usr/bin/spikelet-device";
    private static final String FOLDER = "usr/lib/spikelet";
    private static final long BLOCK = 4096;
    private static final int MINUTES = 5;

    private final Path launcher;
    private final Path home;
    private final String start;
    private final long othersBytes;

    private InstalledTree(Path launcher, Path home, String start, long othersBytes) {
        this.launcher = launcher;
        this.home = home;
        this.start = start;
        this.othersBytes = othersBytes;
    }

    /**
     * Copies the tree.
     *
     * @param root {@code /} where the package is installed, or where it was unpacked
     * @param into a new folder
     * @param start quick or full, as SPIKELET_START
     * @param emulator words before the program's Java, none on a processor that runs it
     */
    static InstalledTree copy(Path root, Path into, String start, List<String> emulator) throws IOException {
        Path program = root.resolve(PROGRAM);
        Path folder = root.resolve(FOLDER);
        if (!Files.isExecutable(program) || !Files.isDirectory(folder)) {
            throw new IOException("no agent is installed below " + root + ": it has no " + PROGRAM + " or no " + FOLDER
                    + "; make and unpack one with build/package.sh, or name / where the package is installed");
        }
        copyFolder(folder, into);
        if (!emulator.isEmpty()) {
            emulate(into.resolve("runtime/bin/java"), emulator);
        }
        return new InstalledTree(program, into, start, others(root, folder));
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private static void emulate(Path java, List<String> emulator) throws IOException {
        Path real = java.resolveSibling("java.emulated");
        Files.move(java, real);
        Files.writeString(
                java,
                "#!/bin/sh\nexec " + String.join(" ", emulator) + " '" + real + "' \"$@\"\n",
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What an unpacked package holds besides its folder; of a system's root, its launcher alone. */
    private static long others(Path root, Path folder) throws IOException {
        if (!Files.isDirectory(root.resolve("DEBIAN"))) {
            return BLOCK;
        }
        return bytes(root) - bytes(folder) - bytes(root.resolve("DEBIAN"));
    }

    /** Bytes on a disk of 4 KiB blocks, folders with one block each. */
    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                sum += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        ? Math.ceilDiv(Files.size(file), BLOCK) * BLOCK
                        : BLOCK;
            }
        }
        return sum;
    }

    /** Bytes that the installation takes now, with the cache of one kind of start where it was made. */
    long size() throws IOException {
        return bytes(home) + othersBytes;
    }

    private Path cache() {
        return home.resolve("cache/" + start + ".aot");
    }

    void removeCache() throws IOException {
        Files.deleteIfExists(cache());
    }

    /** As the installation does it: by a start that rehearses. */
    void makeCache() throws IOException {
        run(List.of("make-cache"));
        if (!Files.exists(cache())) {
            throw new IOException("the installed agent made no cache of classes, " + cache());
        }
    }

    /** A command line of the launcher, ready to be started. */
    ProcessBuilder command(List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(arguments);
        builder.environment().put("SPIKELET_HOME", home.toString());
        builder.environment().put("SPIKELET_START", start);
        return builder;
    }

    /** Runs the launcher to its end. */
    void run(List<String> arguments) throws IOException {
        Path log = Files.createTempFile("spikelet-agent", ".log");
        Process process = command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(
                        "spikelet-device " + arguments.getFirst() + " took more than " + MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException("spikelet-device " + arguments.getFirst() + " ended with " + process.exitValue()
                        + ": " + Files.readString(log).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while spikelet-device ran", e);
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
