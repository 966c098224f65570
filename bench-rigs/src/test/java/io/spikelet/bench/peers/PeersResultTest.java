package io.spikelet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PeersResultTest {
    private static Map<String, Floor> floors() {
        return MadeUpPeers.result().floors().stream().collect(Collectors.toMap(Floor::promise, Function.identity()));
    }

    @Test
    void shouldTakeRatiosOfOurFastestAgainstTheFasterInt8Form() {
        Floor w1 = floors().get("W1, T = 1, with vectors: times as fast as int8");
        assertEquals(36 / 6.0, w1.measured().value(), 1e-9);
        assertTrue(w1.holds());
    }

    @Test
    void shouldSayWhichPromisesDoNotHold() {
        Floor plain = floors().get("W1, T = 1, plain Java: times as fast as int8");
        assertEquals(36 / 15.0, plain.measured().value(), 1e-9);
        assertFalse(plain.holds());
        Floor cost = floors().get("W1, T = 1, with vectors: cost at density .05 of that at .30");
        assertEquals(1 / 6.0, cost.measured().value(), 1e-9);
        assertTrue(cost.holds());
    }

    @Test
    void shouldJudgeOnlyWhatWasMeasured() {
        assertTrue(floors().keySet().stream().allMatch(promise -> promise.startsWith("W1")));
    }

    @Test
    void shouldWriteWellFormedJsonWithEveryContender() throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(PeersJson.of(MadeUpPeers.result()))) {
            while (json.nextToken() != null) {
                if ("name".equals(json.currentName()) && json.currentToken().isScalarValue()) {
                    names.add(json.getText());
                }
            }
        }
        assertEquals(7 * 5, names.size());
        assertTrue(names.contains("spikelet vector"));
    }

    @Test
    void shouldShowEveryCellInTableAndPage() throws IOException {
        String table = PeersTable.of(MadeUpPeers.result());
        String page = PeersReport.page(MadeUpPeers.result()).toHtml();
        for (PeersCell cell : MadeUpPeers.result().cells()) {
            assertTrue(table.contains(PeersTable.heading(cell)), table);
            assertTrue(page.contains(PeersTable.heading(cell)));
        }
        assertTrue(table.contains("absent: TFLite int8: no module tensorflow"));
        assertTrue(page.contains("PyTorch eager fp32"));
        assertTrue(page.contains("&lt;processor&gt; &amp; more"));
        for (String id : List.of("w1-density", "w1-steps", "w1-operations")) {
            assertTrue(page.contains("<canvas id=\"" + id + "\""), id);
        }
    }

    @Test
    void shouldReadWhatThePythonScriptPrints() throws IOException {
        String printed = """
            {"results": [{"peer": "PyTorch eager fp32", "workload": "W1", "time_steps": 1,
              "median": 179.5, "low_quartile": 170, "high_quartile": 190, "more": [1]}],
             "absent": ["TFLite int8: no module tensorflow"]}
            """;
        PythonPeers peers = PythonPeers.parse(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("TFLite int8: no module tensorflow"), peers.absent());
        assertEquals(179.5, peers.findings().getFirst().micros().median());
        assertEquals("W1", peers.findings().getFirst().workload());
    }
}
