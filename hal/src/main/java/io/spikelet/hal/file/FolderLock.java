package io.spikelet.hal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps everybody else out of a folder, in this process and in others, until closed or until the process ends. The
 * kernel drops a process's lock as soon as the process closes any descriptor of the lock file, so a second attempt
 * within one process must be refused before it opens that file.
 */
final class FolderLock implements Closeable {
    static final String FILE_NAME = ".lock";

    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws IOException when this process or another holds the folder, or its lock file cannot be written */
    static FolderLock acquire(Path folder) throws IOException {
        Path real = folder.toRealPath();
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(real)) {
                throw inUse(folder);
            }
            FileChannel channel = OwnerOnly.open(real.resolve(FILE_NAME));
            try {
                if (channel.tryLock() == null) {
                    throw inUse(folder);
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            HELD_HERE.add(real);
            return new FolderLock(real, channel);
        }
    }

    private static IOException inUse(Path folder) {
        return new IOException(
                "the data folder " + folder + " is in use by another board process; stop that one first");
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            if (channel.isOpen()) {
                HELD_HERE.remove(folder);
                channel.close();
            }
        }
    }
}
