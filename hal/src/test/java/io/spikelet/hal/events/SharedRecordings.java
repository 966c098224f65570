package io.spikelet.hal.events;

import io.spikelet.hal.SharedFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Real recordings in {@code shared/data}. */
final class SharedRecordings {
    private SharedRecordings() {}

    /** Opens a recording, {@code file} or {@code archive.zip!entry}; skips the calling test when it is not there. */
    static EventSource open(String relative) throws IOException {
        String[] parts = relative.split("!");
        Path file = SharedFolder.find("data/" + parts[0]);
        if (parts.length == 1) {
            return EventFiles.open(file);
        }
        try (ZipFile archive = new ZipFile(file.toFile());
                InputStream entry = archive.getInputStream(archive.getEntry(parts[1]))) {
            return EventFiles.read(relative, new ByteArrayInputStream(entry.readAllBytes()));
        }
    }
}
