package io.spikelet.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads jSerialComm's native code from a folder that only this user can enter. Left alone, jSerialComm unpacks it to,
 * or loads what already lies in, one folder of the temporary folder, which any other user could have made first.
 *
 * <p>Where the temporary folder forbids execution, a folder in the user's home serves. Both are gone once the code is
 * loaded.
 */
final class NativeLibrary {
    private static final String CHOSEN_BY_LAUNCHER = "jSerialComm.library.path";
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String HOME = "user.home";

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Does nothing where the launcher has chosen a folder with {@code -DjSerialComm.library.path}, nor on a system
     * whose temporary folder is each user's own, such as Windows.
     *
     * @throws LinkUnavailableException when neither folder can be made
     * @throws LinkageError when the code can be loaded from neither
     */
    static synchronized void load() throws IOException {
        boolean shared = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (loaded || !shared || System.getProperty(CHOSEN_BY_LAUNCHER) != null) {
            return;
        }
        String temporary = System.getProperty(TEMPORARY);
        String home = System.getProperty(HOME);
        List<Path> ours = ownFolders(temporary, home);
        try {
            // jSerialComm asks for these two while it starts, in this order, and for nothing else that could be set
            // instead: it never looks into the shared ones.
            System.setProperty(TEMPORARY, ours.getFirst().toString());
            System.setProperty(HOME, ours.getLast().toString());
            SerialPort.getVersion();
            loaded = true;
        } finally {
            System.setProperty(TEMPORARY, temporary);
            System.setProperty(HOME, home);
            for (Path folder : ours) {
                delete(folder); // once loaded, the code stays mapped
            }
        }
    }

    /** One new folder, open to its owner alone, in each parent that takes one. */
    private static List<Path> ownFolders(String... parents) throws LinkUnavailableException {
        List<Path> folders = new ArrayList<>();
        IOException refused = null;
        for (String parent : parents) {
            try {
                folders.add(Files.createTempDirectory(Path.of(parent), ".spikelet-serial-"));
            } catch (IOException e) {
                if (refused != null) {
                    e.addSuppressed(refused);
                }
                refused = e;
            }
        }
        if (folders.isEmpty()) {
            throw new LinkUnavailableException(
                    "a serial line needs native code, and there is no room to unpack it in "
                            + String.join(" or ", parents)
                            + "; let this user write to one of them, or name another with -Djava.io.tmpdir",
                    refused);
        }
        return folders;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
