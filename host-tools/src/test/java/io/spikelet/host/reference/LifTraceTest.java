package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.shared.SharedFolder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden values: the trace that norse itself gave for this model, published with the NIR paper. */
class LifTraceTest {
    @Test
    void shouldFollowThePublishedNorseTrace() throws Exception {
        List<String> trace = Files.readAllLines(SharedFolder.file("models/lif-traces/lif_norse.csv"));
        FloatSimulator simulator =
                FloatSimulator.of(NirImporter.read(SharedFolder.file("models/nir/lif_norse.nir")), Profile.NORSE, 1e-4);
        List<Integer> spikeTimes = new ArrayList<>();
        for (int t = 0; t < trace.size(); t++) {
            String[] cells = trace.get(t).split(",");
            simulator.step(new float[] {Float.parseFloat(cells[0])});
            assertEquals(Float.parseFloat(cells[1]), simulator.membrane("1")[0], 1e-6f, "membrane at step " + t);
            assertEquals(Float.parseFloat(cells[2]), simulator.output()[0], "spike at step " + t);
            if (simulator.output()[0] == 1) {
                spikeTimes.add(t);
            }
        }
        assertEquals(List.of(460, 510, 710, 760), spikeTimes);
    }
}
