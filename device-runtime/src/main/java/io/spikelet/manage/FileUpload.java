package io.spikelet.manage;

import io.spikelet.hal.Store;
import io.spikelet.smp.SmpException;
import java.io.IOException;

/**
 * One file on its way into a store: it grows under a name that nobody can ask for, and takes its own in one atomic step
 * once it is whole. A start forgets it.
 */
final class FileUpload {
    /** The most bytes of a file. */
    static final int MAX_FILE_BYTES = 4 << 20;

    /** Of all files in sum. */
    static final int MAX_ALL_BYTES = 16 << 20;

    static final int MAX_FILES = 64;

    /** Where a file grows; a client's name never ends so, since {@link FilesGroup} refuses it. */
    static final String DRAFT = "upload.draft";

    private final Store store;

    /** Empty while none is on its way. */
    private String name = "";

    private long length;

    FileUpload(Store store) throws IOException {
        this.store = store;
        store.delete(DRAFT);
    }

    /** Begins anew; what was on its way is forgotten. */
    void begin(String file, long bytes) throws SmpException, IOException {
        name = "";
        store.delete(DRAFT);
        if (bytes > MAX_FILE_BYTES) {
            throw FileErrors.full("a file has at most " + MAX_FILE_BYTES + " bytes, not " + bytes);
        }
        requireRoom(file, bytes);
        name = file;
        length = bytes;
    }

    private void requireRoom(String file, long bytes) throws SmpException, IOException {
        long others = 0;
        int count = 0;
        for (String other : store.list()) {
            if (!other.equals(file)) {
                others += Math.max(0, store.size(other));
                count++;
            }
        }
        if (count >= MAX_FILES || others + bytes > MAX_ALL_BYTES) {
            throw FileErrors.full("there is room for " + MAX_FILES + " files of " + MAX_ALL_BYTES
                    + " bytes in sum; write over one that is not needed");
        }
    }

    /**
     * Adds bytes, unless they are others than those wanted next.
     *
     * @return the byte wanted next; 0 when nothing is known of this file
     */
    long append(String file, long offset, byte[] data) throws SmpException, IOException {
        if (!file.equals(name)) {
            return 0;
        }
        long size = Math.max(0, store.size(DRAFT));
        if (offset != size) {
            return size;
        }
        if (data.length > length - size) {
            throw FileErrors.overrun(offset + data.length, length);
        }
        if (data.length > 0 || length == 0) {
            store.append(DRAFT, data, 0, data.length);
        }
        if (size + data.length == length) {
            store.rename(DRAFT, name);
            name = "";
        }
        return size + data.length;
    }

    /** Forgets what is on its way. */
    void forget() throws IOException {
        name = "";
        store.delete(DRAFT);
    }
}
