package io.spikelet.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The journey of {@code spikelet demo} in a small form: a real process, pseudo-terminals, a broker, real data. */
class JourneyIT {
    @TempDir
    Path folder;

    @Test
    void shouldEndWithBoardAndHostAgreeingAndALearnedModelThatIsBetter() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--out", folder.resolve("demo").toString(), "--samples", "300", "--json");
        assertEquals(0, exit, err.toString());
        Map<String, String> figures = figures(out.toString());
        assertEquals("0", figures.get("disagreeing_samples"));
        assertEquals("1500", figures.get("compared_samples"));
        assertEquals("true", figures.get("pulled_equals_host_twin"));
        assertTrue(Double.parseDouble(figures.get("won_back")) >= 0.5, figures.toString());
        assertTrue(Double.parseDouble(figures.get("won_back_control")) < 0.5, figures.toString());
        assertTrue(Integer.parseInt(figures.get("births")) >= 2, figures.toString());
        assertTrue(Long.parseLong(figures.get("upload_resumed_at")) > 0, figures.toString());
        assertTrue(Files.size(folder.resolve("demo/report.html")) > 100_000);
    }

    @Test
    void shouldRefuseAFolderThatHoldsSomethingElse() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "mine");
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new DemoCommand())
                .setErr(new PrintWriter(err, true))
                .execute("--out", other.toString(), "--samples", "100");
        assertFalse(exit == 0);
        assertTrue(err.toString().contains("holds files that no demo made"), err.toString());
        assertEquals("mine", Files.readString(other.resolve("thesis.txt")));
    }

    /** The figures at the top of the object, by name. */
    private static Map<String, String> figures(String json) throws IOException {
        Map<String, String> figures = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isScalarValue() && depth == 1) {
                    figures.put(parser.currentName(), parser.getText());
                }
            }
        }
        return figures;
    }
}
