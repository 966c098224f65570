package io.spikelet.bench.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a demo writes to. Only a folder that a demo made is ever cleared. */
final class DemoFolder {
    private static final String MARK = ".spikelet-demo";

    private DemoFolder() {}

    /**
     * Looks before anything is done.
     *
     * @throws IllegalArgumentException when the folder is a file or holds anything that no demo made
     */
    static void requireOurs(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is a file; give --out another folder");
        }
        boolean empty;
        try (Stream<Path> content = Files.list(folder)) {
            empty = content.findAny().isEmpty();
        }
        if (!empty && !Files.exists(folder.resolve(MARK))) {
            throw new IllegalArgumentException(folder + " holds files that no demo made; give --out another folder");
        }
    }

    /**
     * Makes the folder, or empties it when an earlier demo left it, and keeps it for this demo.
     *
     * @return to be closed when the demo is over
     * @throws IllegalArgumentException when the folder holds anything else, or another demo has it
     */
    static Closeable take(Path folder) throws IOException {
        requireOurs(folder);
        Files.createDirectories(folder);
        FileChannel mark = FileChannel.open(folder.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (mark.tryLock() == null) {
            mark.close();
            throw new IllegalArgumentException("another demo runs in " + folder + "; give --out another folder");
        }
        try (Stream<Path> content = Files.walk(folder)) {
            List<Path> old = content.filter(path -> !path.equals(folder) && !path.endsWith(MARK))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : old) {
                Files.delete(path);
            }
        }
        return mark;
    }
}
