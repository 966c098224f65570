package io.spikelet.hal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises. */
public abstract class StoreContract {
    private Store store;

    protected StoreContract() {}

    protected abstract Store open() throws IOException;

    @BeforeEach
    public void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    public void closeStore() throws IOException {
        store.close();
    }

    @Test
    public void shouldGiveBackWhatWasWrittenLast() throws IOException {
        store.write("state", new byte[] {1, 2, 3});
        store.write("state", new byte[] {4});
        assertArrayEquals(new byte[] {4}, store.read("state").orElseThrow());
        assertEquals(1, store.size("state"));
    }

    @Test
    public void shouldSayThatAFileIsMissing() throws IOException {
        assertTrue(store.read("nothing").isEmpty());
        assertEquals(-1, store.size("nothing"));
        store.delete("nothing");
        assertThrows(FileNotFoundException.class, () -> store.rename("nothing", "something"));
        assertThrows(FileNotFoundException.class, () -> store.read("nothing", 0, 1));
        assertThrows(FileNotFoundException.class, () -> store.truncate("nothing", 0));
    }

    @Test
    public void shouldAppendTruncateAndReadAPart() throws IOException {
        store.append("upload", new byte[] {9, 1, 2, 3}, 1, 3);
        store.append("upload", new byte[] {4, 5}, 0, 2);
        assertArrayEquals(new byte[] {2, 3, 4}, store.read("upload", 1, 3));
        assertArrayEquals(new byte[] {5}, store.read("upload", 4, 100));
        assertArrayEquals(new byte[0], store.read("upload", 100, 4));
        store.truncate("upload", 2);
        assertArrayEquals(new byte[] {1, 2}, store.read("upload").orElseThrow());
    }

    @Test
    public void shouldReplaceTheTargetOfARename() throws IOException {
        store.write("a", new byte[] {1});
        store.write("b", new byte[] {2});
        store.rename("a", "b");
        assertEquals(List.of("b"), store.list());
        assertArrayEquals(new byte[] {1}, store.read("b").orElseThrow());
    }

    @Test
    public void shouldRefuseNamesThatAreNotPlain() {
        for (String name : List.of("", "../up", "a/b", ".hidden", "Big", "a".repeat(101), "tail~")) {
            assertThrows(IllegalArgumentException.class, () -> store.write(name, new byte[0]), name);
        }
    }

    @Test
    public void shouldListNamesSorted() throws IOException {
        store.write("c", new byte[0]);
        store.write("a.1", new byte[0]);
        store.write("b-2_x", new byte[0]);
        store.delete("c");
        assertEquals(List.of("a.1", "b-2_x"), store.list());
    }
}
