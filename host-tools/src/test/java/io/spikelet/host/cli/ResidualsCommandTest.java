package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ResidualsCommandTest {
    private static final String MODEL =
            ZooFolder.file("models/noise-steps.json").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String data() {
        return SharedFolder.file("data/fashion-mnist/t10k-images-idx3-ubyte.gz")
                .getParent()
                .toString();
    }

    @Test
    void shouldFindTheNoiseThatTheZoosNetworkWasTrainedWith() throws Exception {
        assertEquals(
                0,
                run(
                        "residuals",
                        MODEL,
                        "--data",
                        data(),
                        "--split",
                        "test",
                        "--limit",
                        "100",
                        "--steps",
                        "8",
                        "--json"),
                err::toString);
        JsonNode layers = new ObjectMapper().readTree(out.toString()).get("layers");
        assertEquals(2, layers.size());
        for (JsonNode layer : layers) {
            assertEquals(
                    layer.at("/trained_with/mean").doubleValue(),
                    layer.at("/within/mean").doubleValue(),
                    0.03);
            assertEquals(
                    layer.at("/trained_with/deviation").doubleValue(),
                    layer.at("/within/deviation").doubleValue(),
                    0.02);
        }
    }

    @Test
    void shouldShowTheNoiseAndWhereMembranesBeginAtImport() {
        assertEquals(0, run("import", MODEL), err::toString);
        assertTrue(out.toString().contains("initial 0.5, noise_mean 0.5, noise_deviation 0.288675"), out.toString());
    }

    @Test
    void shouldRefuseOneStepAndResetsToAValue() {
        assertEquals(2, run("residuals", MODEL, "--data", data(), "--split", "test", "--steps", "1"));
        assertTrue(err.toString().contains("run two time steps or more"), err.toString());
        err.getBuffer().setLength(0);
        String digits = ZooFolder.file("models/digits-conv.nir").toString();
        String scans = ZooFolder.file("data/digits.h5").toString();
        assertEquals(2, run("residuals", digits, "--data", scans, "--steps", "4"));
        assertTrue(err.toString().contains("choose a profile with a soft reset"), err.toString());
    }
}
