package io.spikelet.bench.rig;

import io.spikelet.host.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where runs are kept: a folder each, named by the time it began. A run's folder appears whole or not at all, and none is
 * ever written over.
 */
final class ResultsFolder {
    /** The file by which a folder is known as a run's. */
    static final String RESULT = "result.json";

    private static final String DRAFT = ".draft-";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_OF_ONE_SECOND = 1_000;

    private final Path folder;

    ResultsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Asks for the folder before a run of minutes, not after it.
     *
     * @throws IOException when nothing can be written there
     */
    void require() throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, DRAFT, ""));
    }

    /** Makes the content of a run's folder. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path draft) throws IOException;
    }

    /**
     * Keeps a run.
     *
     * @param started names it
     * @param label behind the time; letters, digits, dots and dashes of it are kept
     * @return its folder
     */
    Path keep(Instant started, String label, Content content) throws IOException {
        Files.createDirectories(folder);
        // Not a temporary directory's rights, which let nobody else in: results are there to be read.
        Path draft = Files.createDirectory(folder.resolve(DRAFT + UUID.randomUUID()));
        try {
            content.writeTo(draft);
            return place(draft, STAMP.format(started) + "-" + plain(label));
        } finally {
            remove(draft);
        }
    }

    private Path place(Path draft, String name) throws IOException {
        for (int i = 1; i <= MOST_OF_ONE_SECOND; i++) {
            Path target = folder.resolve(i == 1 ? name : name + "-" + i);
            if (Files.exists(target)) {
                continue;
            }
            try {
                return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherRun) {
                // its folder came between the look and the move; the next name is tried
                continue;
            }
        }
        throw new FileAlreadyExistsException(folder.resolve(name).toString());
    }

    private static String plain(String label) {
        String plain = label.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return plain.isEmpty() ? "run" : plain.substring(0, Math.min(plain.length(), 60));
    }

    private static void remove(Path draft) throws IOException {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> content = Files.walk(draft)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** A file of a run, to the medium. */
    static void write(Path folder, String name, String text) throws IOException {
        WholeFile.write(folder.resolve(name), draft -> Files.writeString(draft, text));
    }

    /** The folders of all runs, the oldest first; none where there is no folder. */
    List<Path> runs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(path -> !path.getFileName().toString().startsWith(DRAFT))
                    .filter(path -> Files.isRegularFile(path.resolve(RESULT)))
                    .sorted()
                    .toList();
        }
    }
}
