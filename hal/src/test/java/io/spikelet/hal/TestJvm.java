package io.spikelet.hal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A second Java process that runs a class of the tests. */
public final class TestJvm {
    private final Process process;
    private final BufferedReader output;

    private TestJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts {@code main} with this module's classes, its tests' classes and no vendor's jar. */
    public static TestJvm startBare(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), List.of(), main, arguments);
    }

    /** Starts {@code main} with options of the JVM and with the jars that hold the named classes. */
    public static TestJvm start(List<String> options, List<Class<?>> fromJars, Class<?> main, String... arguments)
            throws IOException {
        StringJoiner classPath = new StringJoiner(File.pathSeparator);
        classPath.add(placeOf(Store.class)).add(placeOf(main));
        fromJars.forEach(type -> classPath.add(placeOf(type)));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath.toString(), main.getName()));
        command.addAll(List.of(arguments));
        return new TestJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The jar or folder that a class comes from. */
    private static String placeOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String url = type.getResource("/" + file).toString();
        String place = url.substring(0, url.length() - file.length());
        try {
            return place.startsWith("jar:")
                    ? Path.of(URI.create(place.substring("jar:".length(), place.length() - "!/".length())))
                            .toString()
                    : Path.of(new URI(place)).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next line that the process prints, or null at its end. */
    public String awaitLine() throws IOException {
        return output.readLine();
    }

    /** SIGKILL: the process has no chance to tidy up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until the process ends by itself. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }
}
