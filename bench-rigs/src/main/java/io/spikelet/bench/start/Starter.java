package io.spikelet.bench.start;

import io.spikelet.bench.measure.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way to start a program that prints its first result on one line and its peak memory in KiB on the next.
 *
 * @param name for people
 * @param ours whether it is our engine
 * @param flags of the JVM
 * @param classPath jars, joined as the system joins them
 * @param main class
 * @param arguments of the program
 */
record Starter(String name, boolean ours, List<String> flags, String classPath, String main, List<String> arguments) {
    private static final double NANOS_A_MILLI = 1e6;

    Starter {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
    }

    /** @param classes one of each jar that is needed */
    static String classPath(List<Class<?>> classes) {
        return classes.stream()
                .map(Starter::jar)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String jar(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path of strange names", e);
        }
    }

    Starter with(String newName, List<String> more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(more);
        return new Starter(newName, ours, all, classPath, main, arguments);
    }

    /**
     * The same with a cache of loaded and linked classes and of profiles, which one training start makes here.
     *
     * @param cache the file to be made
     */
    Starter withCache(String newName, Path cache) throws IOException {
        with(name, List.of("-XX:AOTCacheOutput=" + cache)).run();
        if (!Files.exists(cache)) {
            throw new IOException("this Java made no AOT cache for " + name + "; it takes class paths of jars alone");
        }
        return with(newName, List.of("-XX:AOTCache=" + cache));
    }

    /** Starts the program and waits for its end. */
    StartTrial run() throws IOException {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Path words = Files.createTempFile("spikelet-start", ".log");
        builder.redirectError(words.toFile());
        try {
            long began = System.nanoTime();
            Process process = builder.start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                String result = out.readLine();
                double millis = (System.nanoTime() - began) / NANOS_A_MILLI;
                String peak = out.readLine();
                if (process.waitFor() != 0 || peak == null) {
                    throw new IOException(
                            name + " gave no result: " + Files.readString(words).strip());
                }
                return new StartTrial(result, millis, Long.parseLong(peak));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " started", e);
        } finally {
            Files.delete(words);
        }
    }
}
