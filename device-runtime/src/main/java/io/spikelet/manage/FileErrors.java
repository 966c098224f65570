package io.spikelet.manage;

import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;

/** The file group's own refusals, with Zephyr's {@code fs_mgmt_err_code_t}. */
final class FileErrors {
    static final int INVALID_NAME = 2;
    static final int NOT_FOUND = 3;
    static final int WRITE_FAILED = 10;
    static final int OFFSET_NOT_VALID = 11;
    static final int OFFSET_BEHIND_THE_END = 12;
    static final int HASH_NOT_FOUND = 13;
    static final int EMPTY = 16;

    private FileErrors() {}

    static SmpException invalidName() {
        return SmpException.ofGroup(
                INVALID_NAME,
                SmpError.INVALID,
                "a file's name has 1 to 100 of a-z 0-9 . _ -, begins with a letter or digit, and no folder");
    }

    static SmpException notFound() {
        return SmpException.ofGroup(NOT_FOUND, SmpError.NO_ENTRY, "there is no such file");
    }

    static SmpException behindTheEnd(long offset, long size) {
        return SmpException.ofGroup(
                OFFSET_BEHIND_THE_END, SmpError.INVALID, "byte " + offset + " lies behind the end at " + size);
    }

    static SmpException overrun(long end, long length) {
        return SmpException.ofGroup(
                OFFSET_NOT_VALID, SmpError.INVALID, "byte " + end + " lies behind the announced length " + length);
    }

    static SmpException full(String sentence) {
        return SmpException.ofGroup(WRITE_FAILED, SmpError.NO_MEMORY, sentence);
    }

    static SmpException unknownHash() {
        return SmpException.ofGroup(HASH_NOT_FOUND, SmpError.NO_ENTRY, "the hashes known are sha256 and crc32");
    }

    static SmpException empty() {
        return SmpException.ofGroup(EMPTY, SmpError.BAD_STATE, "the file is empty");
    }
}
