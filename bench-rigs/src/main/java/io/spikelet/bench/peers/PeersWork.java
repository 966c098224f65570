package io.spikelet.bench.peers;

import io.spikelet.bench.measure.ChildJvm;
import io.spikelet.bench.measure.Contender;
import io.spikelet.bench.measure.EngineContender;
import io.spikelet.bench.measure.InterleavedRounds;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.Progress;
import io.spikelet.host.cli.ProgressLine;
import java.io.PrintWriter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One workload at several densities, measured in one JVM against its twins.
 *
 * @param points where it is measured
 */
record PeersWork(Workload workload, VectorModule vectors, List<Point> points, InterleavedRounds rounds)
        implements ChildJvm.Work {
    PeersWork {
        points = List.copyOf(points);
    }

    /** @param density of spikes at each weighted layer's input */
    record Point(double density, int timeSteps) implements Serializable {}

    /** @param machine the JVM that measured */
    record Answer(Machine machine, List<PeersCell> cells) implements Serializable {
        Answer {
            cells = List.copyOf(cells);
        }
    }

    @Override
    public Answer run() {
        List<PeersCell> cells = new ArrayList<>();
        try (AnnPeers peers = AnnPeers.of(PreparedWorkload.prepare(
                workload, points.getFirst().density(), points.getFirst().timeSteps()))) {
            ProgressLine progress =
                    new ProgressLine(new PrintWriter(System.err, true), "timing " + workload + ", " + vectors.label());
            for (Point point : points) {
                int before = cells.size();
                cells.add(measure(
                        point, peers, (done, total) -> progress.at(before * total + done, points.size() * total)));
            }
            progress.done();
        }
        return new Answer(Machine.here(), cells);
    }

    private PeersCell measure(Point point, AnnPeers peers, Progress progress) {
        PreparedWorkload prepared = PreparedWorkload.prepare(workload, point.density(), point.timeSteps());
        List<Contender> contenders = new ArrayList<>();
        // One family a JVM, as in use: compiled code that has seen several is slower in all.
        contenders.add(EngineContender.of(KernelFamily.fastest(), prepared));
        int ours = contenders.size();
        contenders.addAll(peers.contenders());
        List<Timing> timings = rounds.run(contenders, progress);
        return new PeersCell(
                workload,
                vectors,
                point.density(),
                point.timeSteps(),
                prepared.densities(),
                prepared.synapticOperations(),
                timings.subList(0, ours),
                timings.subList(ours, timings.size()));
    }
}
