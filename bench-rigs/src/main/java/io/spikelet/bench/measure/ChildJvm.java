package io.spikelet.bench.measure;

import io.spikelet.model.MalformedDataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A measurement in a JVM of its own, so that its flags are known and no other measurement has shaped its compiled code.
 * Question and answer travel as serialised records through files of this user, between the very same classes.
 */
public final class ChildJvm {
    /** What runs in the child. */
    public interface Work extends Serializable {
        Serializable run() throws Exception;
    }

    private ChildJvm() {}

    /** The Java that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Runs work in a child and waits. What it prints goes to standard error.
     *
     * @param flags of the child's JVM
     * @throws IOException when it does not start, crashes, or is interrupted, or when the work throws it
     * @throws MalformedDataException when the work throws it; so for unchecked exceptions
     */
    public static <T extends Serializable> T run(Work work, List<String> flags, Class<T> answer)
            throws IOException, MalformedDataException {
        try (TemporaryFolder folder = TemporaryFolder.create("spikelet-bench")) {
            Path question = folder.path().resolve("question");
            Path reply = folder.path().resolve("answer");
            try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(question))) {
                out.writeObject(work);
            }
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(flags);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    ChildJvm.class.getName(),
                    question.toString(),
                    reply.toString()));
            await(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            Object given = read(reply);
            return switch (given) {
                case IOException failure -> throw failure;
                case MalformedDataException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Exception failure -> throw new IOException(failure.getMessage(), failure);
                default -> answer.cast(given);
            };
        }
    }

    private static void await(Process process) throws IOException {
        Thread lastResort = new Thread(process::destroyForcibly, "child-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            int exit = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(lastResort);
            if (exit != 0) {
                throw new IOException("a measuring JVM failed with exit code " + exit + "; its words stand above");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring", e);
        }
    }

    private static Object read(Path file) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("parent and child run different classes: " + e.getMessage(), e);
        }
    }

    /** The child's main: reads the work, does it, writes the answer, or what was thrown. */
    public static void main(String[] arguments) throws IOException {
        Work work = (Work) read(Path.of(arguments[0]));
        Serializable answer;
        try {
            answer = work.run();
        } catch (Exception failure) {
            answer = failure;
        }
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            out.writeObject(answer);
        }
    }
}
