package io.spikelet.hal.file;

import io.spikelet.hal.Store;
import io.spikelet.hal.StoreNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder as a store. A replaced file is written beside the old one, synced, moved over it and the folder synced, so a
 * power cut leaves one of the two whole. One process at a time: the folder is locked while it is open. What it makes, its
 * owner alone can read; a folder that was there before keeps its permissions. A link in the folder is not followed: what
 * it points to is neither read nor changed.
 */
public final class FileStore implements Store {
    /** Cannot be a store's name, so a draft is never listed or read. */
    private static final String DRAFT_SUFFIX = "~";

    private final Path folder;
    private final FolderLock lock;

    private FileStore(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens a folder, making it when it is missing, and removes drafts that a power cut left.
     *
     * @throws IOException when it is open already, here or in another process, or it cannot be written
     */
    public static FileStore open(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file, not a data folder; give another path");
        }
        if (!Files.exists(folder)) {
            OwnerOnly.createFolder(folder);
        }
        FolderLock lock = FolderLock.acquire(folder);
        try {
            removeDrafts(folder);
            return new FileStore(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void removeDrafts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(DRAFT_SUFFIX)).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path path(String name) {
        return folder.resolve(StoreNames.require(name));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            try (InputStream in = Files.newInputStream(path(name), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long available = Math.max(0, Math.min(length, channel.size() - offset));
            ByteBuffer buffer = ByteBuffer.allocate((int) available);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new IOException(path(name) + " became shorter while it was read");
                }
            }
            return buffer.array();
        } catch (NoSuchFileException e) {
            throw missing(name, e);
        }
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Path target = path(name);
        Path draft = folder.resolve(name + DRAFT_SUFFIX);
        try (FileChannel channel =
                OwnerOnly.open(draft, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS)) {
            writeFully(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
    }

    @Override
    public void append(String name, byte[] content, int offset, int length) throws IOException {
        Path target = path(name);
        boolean isNew = !Files.exists(target);
        try (FileChannel channel = OwnerOnly.open(target, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            writeFully(channel, ByteBuffer.wrap(content, offset, length));
            channel.force(true);
        }
        if (isNew) {
            syncFolder();
        }
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(size);
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw missing(name, e);
        }
    }

    @Override
    public long size(String name) throws IOException {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(path(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file.isRegularFile() ? file.size() : -1;
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw missing(from, e);
        }
        syncFolder();
    }

    @Override
    public void delete(String name) throws IOException {
        if (Files.deleteIfExists(path(name))) {
            syncFolder();
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FolderLock.FILE_NAME) && !name.endsWith(DRAFT_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A move is durable only once its folder is; on Linux a folder can be opened and forced like a file. */
    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private FileNotFoundException missing(String name, IOException cause) {
        FileNotFoundException missing = new FileNotFoundException("there is no " + name + " in " + folder);
        missing.initCause(cause);
        return missing;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
