package io.spikelet.bench.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.spikelet.host.cli.Spikelet;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Shape;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyCommandTest {
    private static final Path DIGITS = Path.of("zoo/data/digits.h5");

    @TempDir
    Path folder;

    private Path image;

    /** Answers are of no interest here; the data set's 64 pixels are. */
    @BeforeEach
    void writeAnImage() throws Exception {
        var network = new NetworkByHand(new Shape(1, 8, 8), EdgeDomain.unsigned(16))
                .dense("fc", 0, 10, new Random(1).ints(640, -9, 10).toArray())
                .neurons("if", 300, 1)
                .network(Encoder.DIRECT, 3);
        image = folder.resolve("small.img");
        Files.write(
                image,
                ModelImage.unsigned(NetworkCodec.encode(network), new Version(1, 0, 0, 0))
                        .bytes());
    }

    private record Run(int exitCode, String out, String err) {}

    private Run run(Object... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[6 + more.length];
        Object[] first = {"bench", "energy", image, "--data", DIGITS, "--samples=3"};
        for (int i = 0; i < words.length; i++) {
            words[i] = (i < first.length ? first[i] : more[i - first.length]).toString();
        }
        int exitCode = Spikelet.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Run(exitCode, out.toString(), err.toString());
    }

    @Test
    void shouldPrintCountsWithDenominatorsAndNameEveryModel() throws Exception {
        Path page = folder.resolve("page.html");
        Run run = run("--html", page, "--on", "crossbar:ideal");

        assertEquals(0, run.exitCode(), run.err());
        for (String said : new String[] {
            "3 samples; 9 steps",
            "640",
            "modelled, not measured",
            "45nm-kinds",
            "sata-corrected",
            "OTTT",
            "input (input): not counted",
            "crossbar0"
        }) {
            assertTrue(run.out().contains(said), said + " is not in\n" + run.out());
        }
        assertTrue(Files.readString(page).contains("Membrane updates, changed"));
    }

    @Test
    void shouldPrintOneObjectForScripts() throws Exception {
        Run run = run("--json", "--mode", "sata,neurobench", "--sata", "compat");

        assertEquals(0, run.exitCode(), run.err());
        try (var parser = new JsonFactory().createParser(run.out())) {
            while (parser.nextToken() != null) {
                // A second object or half of one would throw.
            }
        }
        assertTrue(run.out().contains("\"dense\" : 1920.0"), run.out());
        assertTrue(run.out().contains("\"sata-compat\""), run.out());
        assertTrue(!run.out().contains("45nm"), run.out());
    }

    @Test
    void shouldSayWhatIsWrongWithAnOption() {
        assertTrue(run("--mode", "nuclear").err().contains("--mode is neurobench, 45nm, sata"));
        assertTrue(run("--sata", "wrong").err().contains("--sata is compat or corrected, not 'wrong'"));
        assertTrue(run("--gradient-sparsity", "1.5").err().contains("must be 0 to 1: 1.5"));
        assertEquals(2, run("--samples", "0").exitCode());
    }
}
