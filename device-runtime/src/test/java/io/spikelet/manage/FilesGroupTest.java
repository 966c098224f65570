package io.spikelet.manage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Store;
import io.spikelet.hal.file.FileStore;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesGroupTest {
    private static final int PIECE = 1000;

    @TempDir
    Path folder;

    private static Map<String, Object> read(FilesGroup group, int command, Map<String, Object> fields)
            throws SmpException, IOException {
        return group.handle(new SmpRequest(1, SmpHeader.READ, FilesGroup.ID, command, fields));
    }

    private static Map<String, Object> write(FilesGroup group, String name, byte[] file, int offset, int length)
            throws SmpException, IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("off", (long) offset);
        fields.put("data", Arrays.copyOfRange(file, offset, Math.min(file.length, offset + length)));
        fields.put("name", name);
        if (offset == 0) {
            fields.put("len", (long) file.length);
        }
        return group.handle(new SmpRequest(1, SmpHeader.WRITE, FilesGroup.ID, FilesGroup.FILE, fields));
    }

    private static void upload(FilesGroup group, String name, byte[] file) throws SmpException, IOException {
        long offset = 0;
        do {
            offset = (long) write(group, name, file, (int) offset, PIECE).get("off");
        } while (offset < file.length);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void assertRefused(int rc, org.junit.jupiter.api.function.Executable asking) {
        assertEquals(rc, assertThrows(SmpException.class, asking).rc());
    }

    @Test
    void shouldKeepAFileAsItWasSentAndReplaceItOnlyWhenTheNewOneIsWhole() throws Exception {
        byte[] old = random(2500, 1);
        byte[] fresh = random(3100, 2);
        SimStore store = new SimStore();
        FilesGroup group = new FilesGroup(store);
        upload(group, "a.bin", old);
        write(group, "a.bin", fresh, 0, PIECE);
        assertArrayEquals(old, store.read("a.bin").orElseThrow());
        upload(group, "a.bin", fresh);
        assertArrayEquals(fresh, store.read("a.bin").orElseThrow());
        assertEquals(List.of("a.bin"), store.list());
    }

    /** The power goes at each operation of an upload over an older file. */
    @Test
    void shouldHoldTheOldOrTheNewFileWhereverPowerIsCut() throws Exception {
        byte[] old = random(1500, 3);
        byte[] fresh = random(2500, 4);
        for (boolean after : new boolean[] {false, true}) {
            int cuts = 0;
            for (int operation = 0; ; operation++) {
                SimStore store = new SimStore();
                upload(new FilesGroup(store), "a.bin", old);
                store.losePowerAt(operation, after);
                try {
                    upload(new FilesGroup(store), "a.bin", fresh);
                } catch (IOException powerIsGone) {
                    cuts++;
                }
                boolean finished = !store.lostPower();
                store.restorePower();
                FilesGroup restarted = new FilesGroup(store);
                byte[] found = store.read("a.bin").orElseThrow();
                assertTrue(Arrays.equals(old, found) || Arrays.equals(fresh, found), "cut at " + operation);
                assertEquals(List.of("a.bin"), store.list());
                upload(restarted, "a.bin", fresh);
                assertArrayEquals(fresh, store.read("a.bin").orElseThrow());
                if (finished) {
                    break;
                }
            }
            assertTrue(cuts >= 5, "cuts: " + cuts);
        }
    }

    @Test
    void shouldRefuseMoreFilesAndBytesThanThereIsRoomFor() throws Exception {
        SimStore store = new SimStore();
        FilesGroup group = new FilesGroup(store);
        for (int i = 0; i < FileUpload.MAX_FILES; i++) {
            upload(group, "f" + i, new byte[] {1});
        }
        assertRefused(FileErrors.WRITE_FAILED, () -> upload(group, "one-more", new byte[] {1}));
        upload(group, "f3", new byte[] {1, 2});
        for (int i = 0; i < 3; i++) {
            store.write("f" + i, new byte[FileUpload.MAX_FILE_BYTES]);
        }
        assertRefused(FileErrors.WRITE_FAILED, () -> upload(group, "f9", new byte[FileUpload.MAX_FILE_BYTES]));
    }

    /** The group sees nothing but its folder, even where somebody laid a link to the board's own store into it. */
    @Test
    void shouldFollowNoLinkOutOfItsFolder() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the broker's password");
        Path files = folder.resolve("files");
        try (Store store = FileStore.open(files)) {
            FilesGroup group = new FilesGroup(store);
            Files.createSymbolicLink(files.resolve("link"), secret);
            Files.createSymbolicLink(files.resolve("folder"), folder);
            for (String name : List.of("link", "folder")) {
                assertRefused(FileErrors.NOT_FOUND, () -> read(group, FilesGroup.STATUS, Map.of("name", name)));
                assertRefused(
                        FileErrors.NOT_FOUND, () -> read(group, FilesGroup.FILE, Map.of("name", name, "off", 0L)));
                assertRefused(FileErrors.NOT_FOUND, () -> read(group, FilesGroup.HASH, Map.of("name", name)));
            }
            upload(group, "link", new byte[] {7});
            assertEquals("the broker's password", Files.readString(secret));
            assertArrayEquals(new byte[] {7}, Files.readAllBytes(files.resolve("link")));
            Files.deleteIfExists(files.resolve("draft"));
            Files.createSymbolicLink(files.resolve(FileUpload.DRAFT), secret);
            assertThrows(IOException.class, () -> store.append(FileUpload.DRAFT, new byte[1], 0, 1));
            assertThrows(IOException.class, () -> store.read("folder"));
            assertEquals("the broker's password", Files.readString(secret));
        }
    }
}
