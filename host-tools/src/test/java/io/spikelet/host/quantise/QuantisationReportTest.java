package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantisationReportTest {
    private static final InferenceSettings SETTINGS =
            new InferenceSettings(Profile.SNNTORCH, 1, 4, Encoder.DIRECT, new Readout(2, 1));

    private static QuantisedModel model(float tau) throws QuantiseException {
        Node lif = new Node.Lif(
                Tensor.scalar(tau), Tensor.scalar(tau), Tensor.scalar(0), Tensor.scalar(1), Tensor.scalar(0));
        Graph graph = ChainBuilder.from(2)
                .then("dense", ChainBuilder.affine(2, 1, 0.125f, 0.25f, 1))
                .then("lif", lif)
                .to(2);
        SampleSet samples =
                SampleSet.of("two samples", 2, 16, new int[] {2}, new byte[] {16, 3, 4, 14}, new byte[] {0, 1});
        return Quantiser.quantise(graph, QuantiseOptions.of("small", SETTINGS, 16), samples);
    }

    @Test
    void shouldBeReadByAPerson() throws QuantiseException {
        String text = model(2).report().toText();

        assertTrue(text.startsWith("small: 3 layers, 4 time steps of 1.0 s, profile snntorch, encoder direct\n"), text);
        assertTrue(text.contains("Accuracy, integer    100.00 % (2 of 2; 95 % interval 34.24 to 100.00 %)"), text);
        assertTrue(text.contains("Spikes on two samples"), text);
        assertTrue(text.contains("  lif: none"), text);
        for (String line : text.split("\n")) {
            assertEquals(line.stripTrailing(), line);
        }
    }

    @Test
    void shouldWarnOfALeakTooSlowForItsBits() throws QuantiseException {
        List<String> warnings = model(10_000).report().warnings();

        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().startsWith("node 'lif' leaks so slowly"), warnings.getFirst());
    }

    @Test
    void shouldBeReadByAProgram() throws Exception {
        QuantisationReport report = model(2).report();
        List<String> fields = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(report.toJson())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == com.fasterxml.jackson.core.JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                }
            }
            assertNull(json.currentToken());
        }
        assertTrue(fields.containsAll(List.of("integer", "accuracyLow95", "membraneMaximumLsb", "scaleMaximum")));
    }

    @Test
    void shouldRecordWhereTheNetworkComesFrom() throws QuantiseException {
        QuantisedModel model = model(2);

        assertEquals("00", model.network().provenance().sourceDigest());
        assertEquals(64, model.network().provenance().calibrationDigest().length());
        assertEquals(1, model.network().provenance().integerAccuracy());
    }
}
