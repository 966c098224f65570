package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the image that src/test/golden/make_golden_image.py made after MCUboot's image.h and imgtool. */
class GoldenImageTest {
    @TempDir
    Path folder;

    @Test
    void shouldWriteExactlyTheBytesOfAnIndependentMaker() throws Exception {
        ModelImage image = ModelImage.unsigned(Golden.payload(), Golden.VERSION).sign(Golden.privateKey(folder));
        assertArrayEquals(Golden.image(), image.bytes());
    }

    @Test
    void shouldAcceptTheImageOfAnIndependentMaker() throws Exception {
        ModelImage image = ModelImage.parse(Golden.image());
        assertEquals(Golden.publicKey(), image.verify(List.of(Golden.publicKey())));
        assertEquals(Golden.VERSION, image.version());
        assertArrayEquals(Golden.payload(), image.payload());
    }
}
