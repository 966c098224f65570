package io.spikelet.host.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Where recordings lie: a folder, or a zip archive, which stays open as long as the samples that are read from it. Used
 * by several threads at once.
 *
 * @param place the folder or archive
 * @param names of its files, without folders inside a folder
 * @param opening opens one of them
 */
record RecordingStore(Path place, List<String> names, Opening opening) {
    /** The longest file that is read. */
    private static final int MAX_BYTES = 1 << 24;

    private static final int MAX_FILES = 1 << 20;

    /** Opens a file by its name. */
    @FunctionalInterface
    interface Opening {
        InputStream open(String name) throws IOException;
    }

    static RecordingStore open(Path place) throws SampleFileException {
        try {
            return Files.isDirectory(place) ? folder(place) : archive(place);
        } catch (ZipException damaged) {
            throw new SampleFileException(
                    place + ": is no whole zip archive (" + damaged.getMessage() + "); copy or download it again",
                    damaged);
        } catch (SampleFileException refused) {
            throw refused;
        } catch (IOException unreadable) {
            throw new SampleFileException(
                    place + ": cannot be read (" + unreadable.getMessage() + "); check path and permissions",
                    unreadable);
        }
    }

    private static RecordingStore folder(Path place) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
                requireFew(place, names);
            }
        }
        return new RecordingStore(place, names, name -> Files.newInputStream(place.resolve(name)));
    }

    private static RecordingStore archive(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new SampleFileException(place + ": there is no such file; check the path");
        }
        ZipFile archive = new ZipFile(place.toFile());
        try {
            List<String> names = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                    requireFew(place, names);
                }
            }
            return new RecordingStore(place, names, name -> archive.getInputStream(archive.getEntry(name)));
        } catch (IOException | RuntimeException refused) {
            archive.close();
            throw refused;
        }
    }

    private static void requireFew(Path place, List<String> names) throws SampleFileException {
        if (names.size() > MAX_FILES) {
            throw new SampleFileException(
                    place + ": holds more than " + MAX_FILES + " files; give the recordings of one data set");
        }
    }

    /** What a person calls one of the files. */
    String describe(String name) {
        return place + (Files.isDirectory(place) ? "/" : "!") + name;
    }

    /** All bytes of a file, at most 2^24. */
    byte[] read(String name) throws SampleFileException {
        try (InputStream in = opening.open(name)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SampleFileException(
                        describe(name) + ": has more than " + MAX_BYTES + " bytes; cut it into shorter ones");
            }
            return bytes;
        } catch (SampleFileException refused) {
            throw refused;
        } catch (IOException unreadable) {
            throw new SampleFileException(
                    describe(name) + ": cannot be read (" + unreadable.getMessage() + "); copy or download it again",
                    unreadable);
        }
    }
}
