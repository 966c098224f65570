package io.spikelet.hal.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads the small files of sysfs, which may be missing, unreadable or answer with an error at any moment. */
public final class SysFiles {
    private SysFiles() {}

    /** Folders whose names begin so, sorted; empty when the parent is missing. */
    public static List<Path> folders(Path parent, String prefix) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> child.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** What a file holds, without the blanks around; empty when it is missing, unreadable or gives nothing. */
    public static Optional<String> text(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException noReading) {
            return Optional.empty();
        }
    }

    /** The number that a file holds; empty when the driver has none to give, which sysfs reports as a read error. */
    public static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException noReading) {
            return OptionalLong.empty();
        }
    }
}
