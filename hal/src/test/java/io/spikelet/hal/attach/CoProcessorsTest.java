package io.spikelet.hal.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.tinyodin.LineServer;
import io.spikelet.hal.tinyodin.LineService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoProcessorsTest {
    @Test
    void shouldOpenASimulationForEachLayer() throws Exception {
        List<CoProcessor> crossbars = CoProcessors.open("crossbar:rram,adc=6", 3);
        assertEquals(
                List.of("crossbar0", "crossbar1", "crossbar2"),
                crossbars.stream().map(CoProcessor::name).toList());
        List<CoProcessor> chips = CoProcessors.open("tinyodin:sim", 2);
        assertEquals(
                List.of(CoProcessor.Kind.SPIKE, CoProcessor.Kind.SPIKE),
                chips.stream().map(CoProcessor::kind).toList());
    }

    @Test
    void shouldReachAChipBehindASocket() throws Exception {
        SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(1));
        try (LineServer server = LineServer.open("127.0.0.1", 0, new LineService(port, port))) {
            List<CoProcessor> found = CoProcessors.open("tinyodin:127.0.0.1:" + server.port(), 5);
            assertEquals(1, found.size());
            assertEquals("tinyodin@127.0.0.1:" + server.port(), found.getFirst().name());
            found.getFirst().close();
        }
    }

    @Test
    void shouldCheckWordsWithoutOpeningWhatTheyName() {
        CoProcessors.check("tinyodin:192.0.2.1:4000");
        CoProcessors.check("tinyodin:sim");
        CoProcessors.check("crossbar:rram,adc=6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"loihi", "tinyodin", "tinyodin:here", "tinyodin:here:0", "tinyodin:here:99999", "crossbar:none"})
    void shouldSayWhatMayBeSaid(String words) {
        String said = assertThrows(IllegalArgumentException.class, () -> CoProcessors.open(words, 1))
                .getMessage();
        assertTrue(said.contains(words.substring(words.lastIndexOf(':') + 1)), said);
        assertEquals(
                said,
                assertThrows(IllegalArgumentException.class, () -> CoProcessors.check(words))
                        .getMessage());
    }
}
