package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden values: torch's var and sqrt in float64, norms folded behind; bench-rigs/golden/layer_files.py. */
class WeightStandardisationTest {
    private static final Path GOLDEN = Path.of("src/test/golden/layers");

    @ParameterizedTest
    @CsvSource({
        "standardised-planes, conv",
        "standardised-planes, grouped",
        "standardised-lines, line",
        "standardised-lines, dense"
    })
    void shouldFoldWeightsAsTorchDoesBeforeTheNormBehindThem(String file, String layer) throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve(file + ".json"));
        JsonNode wanted = new ObjectMapper()
                .readTree(GOLDEN.resolve("standardised-values.json").toFile())
                .get(layer);
        Node node = graph.node(layer);
        assertClose(
                wanted.get("weight"),
                node instanceof Node.Affine affine ? affine.weight() : ((Node.Conv2d) node).weight());
        assertClose(
                wanted.get("bias"), node instanceof Node.Affine affine ? affine.bias() : ((Node.Conv2d) node).bias());
        assertNull(graph.node(layer + ".norm"));
    }

    private static void assertClose(JsonNode wanted, Tensor given) {
        assertEquals(wanted.size(), given.size());
        for (int i = 0; i < given.size(); i++) {
            double exact = wanted.get(i).doubleValue();
            assertEquals(exact, given.values()[i], 1e-6 * Math.max(1, Math.abs(exact)), "value " + i);
        }
    }
}
