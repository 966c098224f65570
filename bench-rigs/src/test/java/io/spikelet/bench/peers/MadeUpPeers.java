package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Results that nobody measured. */
final class MadeUpPeers {
    private MadeUpPeers() {}

    static PeersCell cell(Workload workload, VectorModule vectors, double density, int steps, double ours) {
        return new PeersCell(
                workload,
                vectors,
                density,
                steps,
                List.of(new LayerDensity("fc1", density)),
                1e6 * density * steps,
                List.of(timing("reference", 10 * ours), timing("vector", ours)),
                List.of(
                        timing("ONNX Runtime int8 operators", 40),
                        timing("ONNX Runtime int8 QDQ", 36),
                        timing("ONNX Runtime fp32", 70)));
    }

    private static Timing timing(String name, double micros) {
        return new Timing(name, new double[] {micros, micros, micros}, 0, 1000);
    }

    static PeersResult result() {
        List<PeersCell> cells = new ArrayList<>();
        for (double density : new double[] {0.05, 0.15, 0.30}) {
            cells.add(cell(Workload.W1, VectorModule.ON, density, 1, 40 * density));
            cells.add(cell(Workload.W1, VectorModule.OFF, density, 1, 100 * density));
        }
        cells.add(cell(Workload.W1, VectorModule.ON, 0.15, 4, 24));
        return new PeersResult(
                List.of(new Machine("<processor> & more", 2, "Linux", "Java", List.of("-Xmx1g"))),
                cells,
                List.of(new PythonPeers.Finding("PyTorch eager fp32", "W1", 1, new Spread(170, 179, 190))),
                List.of("TFLite int8: no module tensorflow"));
    }
}
