package io.spikelet.bench.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a demo writes to. Only a folder that a demo made is ever cleared. */
final class DemoFolder {
    private static final String MARK = ".spikelet-demo";

    private DemoFolder() {}

    /**
     * Makes the folder, or empties it when an earlier demo left it.
     *
     * @throws IllegalArgumentException when the folder holds anything else
     */
    static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            boolean empty;
            try (Stream<Path> content = Files.list(folder)) {
                empty = content.findAny().isEmpty();
            }
            if (!empty && !Files.exists(folder.resolve(MARK))) {
                throw new IllegalArgumentException(
                        folder + " holds files that no demo made; give --out another folder");
            }
            List<Path> old;
            try (Stream<Path> content = Files.walk(folder)) {
                old = content.filter(path -> !path.equals(folder))
                        .sorted(Comparator.reverseOrder())
                        .toList();
            }
            for (Path path : old) {
                Files.delete(path);
            }
        }
        Files.createDirectories(folder);
        Files.createFile(folder.resolve(MARK));
    }
}
