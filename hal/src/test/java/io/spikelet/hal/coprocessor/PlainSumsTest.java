package io.spikelet.hal.coprocessor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlainSumsTest extends CoProcessorContract {
    @Override
    protected CoProcessor open() {
        return new PlainSums();
    }

    @Test
    void shouldBeTheExampleOfThePage() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/drivers.md"))) {
            root = root.getParent();
        }
        String source = Files.readString(root.resolve("hal/src/test/java/io/spikelet/hal/coprocessor/PlainSums.java"));
        String page = Files.readString(root.resolve("docs/drivers.md"));
        assertTrue(page.contains(source.substring(source.indexOf("final class"))), "docs/drivers.md is out of date");
    }
}
