package io.spikelet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
    private static void write(Path file, int magic, int[] extents, byte[] values) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * extents.length).putInt(magic);
        for (int extent : extents) {
            header.putInt(extent);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header.array());
            out.write(values);
        }
    }

    private static void writePair(Path folder, int labels) throws IOException {
        write(folder.resolve("t10k-images-idx3-ubyte.gz"), 0x803, new int[] {2, 1, 3}, new byte[] {1, 2, 3, 4, 5, 6});
        write(folder.resolve("t10k-labels-idx1-ubyte.gz"), 0x801, new int[] {labels}, new byte[labels]);
    }

    @Test
    void shouldReadImagesInOrder(@TempDir Path folder) throws Exception {
        writePair(folder, 2);
        LabelledImages read = LabelledImages.read(folder, "t10k");
        assertArrayEquals(new byte[] {4, 5, 6}, read.images().get(1));
        assertEquals(1, read.first(1).images().size());
    }

    @Test
    void shouldRefuseImagesWithoutLabels(@TempDir Path folder) throws Exception {
        writePair(folder, 3);
        assertThrows(MalformedDataException.class, () -> LabelledImages.read(folder, "t10k"));
    }

    @Test
    void shouldRefuseHostileExtentsBeforeItAllocates(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("hostile.gz");
        for (int[] extents : new int[][] {{1 << 30, 1 << 20}, {-1, 2}, {1, -2}, {1, 1 << 20, 1 << 20}, {5, 2}}) {
            write(file, 0x800 + extents.length, extents, new byte[4]);
            assertThrows(MalformedDataException.class, () -> IdxFile.read(file));
        }
        write(file, 0xd03, new int[] {1, 1, 1}, new byte[4]);
        assertThrows(MalformedDataException.class, () -> IdxFile.read(file));
    }
}
