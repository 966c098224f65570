package io.spikelet.manage;

import io.spikelet.hal.Store;
import io.spikelet.hal.StoreNames;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Group 8 as Zephyr documents it, over a store of its own. A name is one of the store's, so that none says a folder, a way
 * out of the store or another file system.
 */
public final class FilesGroup implements SmpGroup {
    public static final int ID = 8;
    public static final int FILE = 0;
    public static final int STATUS = 1;
    public static final int HASH = 2;
    public static final int HASH_TYPES = 3;
    public static final int CLOSE = 4;

    /** Bytes of a file in one answer. */
    static final int CHUNK_BYTES = 1024;

    private final Store store;
    private final FileUpload upload;

    /** @param store holds these files and nothing else; an upload that a power cut ended is forgotten */
    public FilesGroup(Store store) throws IOException {
        this.store = store;
        upload = new FileUpload(store);
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        return switch (request.command()) {
            case FILE -> request.isWrite() ? upload(request) : download(request);
            case STATUS -> status(request);
            case HASH -> hash(request);
            case HASH_TYPES -> hashTypes(request);
            case CLOSE -> close(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> upload(SmpRequest request) throws SmpException, IOException {
        String name = name(request);
        long offset = request.integer("off", FileUpload.MAX_FILE_BYTES);
        byte[] data = request.bytes("data");
        if (offset == 0) {
            upload.begin(name, request.integer("len", Long.MAX_VALUE));
        }
        return Map.of("off", upload.append(name, offset, data));
    }

    private Map<String, Object> download(SmpRequest request) throws SmpException, IOException {
        String name = name(request);
        long offset = request.integer("off", Integer.MAX_VALUE);
        long size = size(name);
        if (offset > size) {
            throw FileErrors.behindTheEnd(offset, size);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("off", offset);
        answer.put("data", store.read(name, offset, CHUNK_BYTES));
        if (offset == 0) {
            answer.put("len", size);
        }
        return answer;
    }

    private Map<String, Object> status(SmpRequest request) throws SmpException, IOException {
        request.requireRead();
        return Map.of("len", size(name(request)));
    }

    private Map<String, Object> hash(SmpRequest request) throws SmpException, IOException {
        request.requireRead();
        String name = name(request);
        FileHash hash = FileHash.of(request.optionalText("type").orElse(""));
        long offset = request.optionalInteger("off", Integer.MAX_VALUE).orElse(0);
        long size = size(name);
        if (size == 0) {
            throw FileErrors.empty();
        }
        if (offset >= size) {
            throw FileErrors.behindTheEnd(offset, size);
        }
        long length = Math.min(
                size - offset, request.optionalInteger("len", Long.MAX_VALUE).orElse(Long.MAX_VALUE));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("type", hash.wireName());
        if (offset != 0) {
            answer.put("off", offset);
        }
        answer.put("len", length);
        answer.put("output", hash.of(store, name, offset, length));
        return answer;
    }

    private static Map<String, Object> hashTypes(SmpRequest request) throws SmpException {
        request.requireRead();
        Map<String, Object> types = new LinkedHashMap<>();
        for (FileHash hash : FileHash.values()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("format", hash.format());
            fields.put("size", hash.bytes());
            types.put(hash.wireName(), fields);
        }
        return Map.of("types", types);
    }

    private Map<String, Object> close(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        upload.forget();
        return Map.of();
    }

    private long size(String name) throws SmpException, IOException {
        long size = store.size(name);
        if (size < 0) {
            throw FileErrors.notFound();
        }
        return size;
    }

    private static String name(SmpRequest request) throws SmpException {
        String name = request.text("name");
        try {
            StoreNames.require(name);
        } catch (IllegalArgumentException e) {
            throw FileErrors.invalidName();
        }
        if (name.equals(FileUpload.DRAFT)) {
            throw FileErrors.invalidName();
        }
        return name;
    }
}
