package io.spikelet.slots;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.util.Optional;

/** The boot record and the image files it names, in a board's store. */
final class SlotFiles {
    private final Store store;

    /** Null when a write failed and only the store knows what holds. */
    private BootRecord known;

    SlotFiles(Store store) {
        this.store = store;
    }

    /**
     * The record that holds now.
     *
     * @throws IOException when the store fails or the record is damaged
     */
    BootRecord record() throws IOException {
        if (known == null) {
            Optional<byte[]> bytes = store.read(BootRecord.FILE);
            try {
                known = bytes.isEmpty() ? BootRecord.EMPTY : BootRecordCodec.decode(bytes.get());
            } catch (MalformedDataException e) {
                throw new IOException(
                        "the boot record " + BootRecord.FILE + " is damaged: " + e.getMessage()
                                + "; empty the store folder and flash the board again",
                        e);
            }
        }
        return known;
    }

    /** Makes another record hold, in one atomic step. */
    void commit(BootRecord next) throws IOException {
        known = null;
        store.write(BootRecord.FILE, BootRecordCodec.encode(next));
        known = next;
    }

    /** Removes the image files that the record does not name. */
    void sweep() throws IOException {
        BootRecord record = record();
        for (String name : store.list()) {
            if (name.startsWith(BootRecord.IMAGE_PREFIX) && !record.names(name)) {
                store.delete(name);
            }
        }
    }

    /** The whole image file; empty when there is none. */
    byte[] read(int file) throws IOException {
        return store.read(BootRecord.fileName(file)).orElse(new byte[0]);
    }

    /** Bytes of the image file that are durable. */
    int size(int file) throws IOException {
        return (int) Math.max(0, store.size(BootRecord.fileName(file)));
    }

    void append(int file, byte[] data) throws IOException {
        store.append(BootRecord.fileName(file), data, 0, data.length);
    }
}
