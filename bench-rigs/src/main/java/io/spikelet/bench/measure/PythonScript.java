package io.spikelet.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script of this repository that a person's own Python runs as a process; what it prints is read as it comes. */
public final class PythonScript {
    private PythonScript() {}

    /** Reads what a script prints. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream printed) throws IOException;
    }

    /**
     * Runs a script and waits.
     *
     * @param python the interpreter
     * @param script relative to the root of Spikelet
     * @throws IOException when it cannot be run or fails; its own words are on standard error
     */
    public static <T> T run(String python, String script, List<String> arguments, Reader<T> reader) throws IOException {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("--python needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        List<String> command =
                new ArrayList<>(List.of(python, Path.of(home).resolve(script).toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread lastResort = new Thread(process::destroyForcibly, "python-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
        T answer;
        try (InputStream out = process.getInputStream()) {
            answer = reader.read(out);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(script + " failed with exit code " + exit + "; its words stand above");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + script + " ran", e);
        }
        Runtime.getRuntime().removeShutdownHook(lastResort);
        return answer;
    }
}
