package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.shared.ZooFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code offload} from the command line. */
class OffloadCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path image;

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Spikelet.run(words, new PrintWriter(out), new PrintWriter(err));
    }

    private static Path data() {
        return ZooFolder.file("data/digits.h5");
    }

    @BeforeEach
    void quantise() {
        image = folder.resolve("digits.img");
        Path model = ZooFolder.file("models/digits-conv.nir");
        assertEquals(0, run("quantise", model, "--data", data(), "--steps", 4, "-o", image), err.toString());
    }

    @Test
    void shouldAnswerTheSameOnAnIdealCrossbar() throws Exception {
        int exit = run("offload", image, "--on", "crossbar:ideal", "--data", data(), "--limit", 30, "--same", "--json");
        assertEquals(0, exit, err.toString());
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertEquals(0, found.get("differing").asInt());
        assertEquals(30, found.get("same_class").asInt());
        for (JsonNode layer : found.get("layers")) {
            assertTrue(layer.get("device").asText().startsWith("crossbar"), layer.toString());
            assertEquals(0, layer.get("cells_off").asInt());
            assertTrue(layer.get("write_pulses").asInt() > 0);
        }
    }

    @Test
    void shouldSayThatANoisyOneAnswersOtherwise() {
        int exit = run("offload", image, "--on", "crossbar:rram", "--data", data(), "--limit", 30, "--same");
        assertEquals(1, exit, err.toString());
        assertTrue(out.toString().contains("a score differs       in "), out.toString());
    }

    @Test
    void shouldSayWhyLayersStay() {
        assertEquals(0, run("offload", image, "--on", "tinyodin:sim"), err.toString());
        assertTrue(out.toString().contains("processor"), out.toString());
        assertTrue(out.toString().contains("it is no dense layer"), out.toString());
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertEquals(2, run("offload", image, "--on", "loihi"));
        assertTrue(err.toString().contains("\"loihi\" is no co-processor"), err.toString());
        assertEquals(2, run("offload", image, "--on", "crossbar:ideal", "--same"));
        assertTrue(err.toString().contains("need samples"), err.toString());
        assertEquals(2, run("offload", image, "--on", "crossbar:ideal", "--if-it-fails", "pray"));
        assertTrue(err.toString().contains("stop or processor"), err.toString());
    }
}
