package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Ratio;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A speed that the engine promises, and what was measured of it.
 *
 * @param promise in words
 * @param floor what it must reach; for a cost, what it must not exceed
 * @param aim what it should reach; NaN without one
 * @param atMost whether less is better
 * @param measured the ratio with its interval
 */
record Floor(String promise, double floor, double aim, boolean atMost, Ratio measured) {
    private static final double USUAL = 0.15;
    private static final double SPARSE = 0.05;
    private static final double FULL = 0.30;

    boolean holds() {
        return atMost ? measured.value() <= floor : measured.value() >= floor;
    }

    /** Every promise that the cells can speak of. */
    static List<Floor> judge(List<PeersCell> cells) {
        List<Floor> floors = new ArrayList<>();
        speed(floors, cells, Workload.W1, VectorModule.ON, 1, 5, 7);
        speed(floors, cells, Workload.W2, VectorModule.ON, 1, 1.8, 3);
        speed(floors, cells, Workload.W3, VectorModule.ON, 1, 1.9, 2.5);
        speed(floors, cells, Workload.W2, VectorModule.ON, 4, 0.6, 1);
        speed(floors, cells, Workload.W1, VectorModule.OFF, 1, 3, Double.NaN);
        speed(floors, cells, Workload.W2, VectorModule.OFF, 1, 0.6, Double.NaN);
        for (PeersCell sparse : cells) {
            if (Math.abs(sparse.density() - SPARSE) < 1e-9) {
                find(cells, sparse.workload(), sparse.vectors(), FULL, sparse.timeSteps())
                        .ifPresent(full -> floors.add(cost(sparse, full)));
            }
        }
        return floors;
    }

    /**
     * A trained network of one time step beside conventional ones that are no better: against the fastest of those that
     * compute in integers, each file in the int8 form that is right most often. Nothing where there is none, or no vector
     * module.
     */
    static List<Floor> judgeTrained(List<TrainedPair.Answer> answers) {
        List<Floor> floors = new ArrayList<>();
        for (TrainedPair.Answer answer : answers) {
            if (answer.timeSteps() != 1 || answer.ours() != KernelFamily.values().length) {
                continue;
            }
            TrainedPair.Standing ours = answer.standings().get(answer.ours() - 1);
            Map<String, TrainedPair.Standing> best = answer.standings().stream()
                    .skip(answer.ours())
                    .filter(TrainedPair.Standing::int8)
                    .collect(Collectors.toMap(
                            TrainedPair.Standing::network,
                            other -> other,
                            (one, other) -> one.correct() >= other.correct() ? one : other));
            best.values().stream()
                    .filter(other -> other.correct() <= ours.correct())
                    .min(Comparator.comparingDouble(
                            other -> other.timing().spread().median()))
                    .ifPresent(other -> floors.add(new Floor(
                            "trained, T = 1, with vectors: times as fast as int8 of the same or a lower accuracy",
                            2,
                            Double.NaN,
                            false,
                            Ratio.ofMedians(
                                    other.timing().micros(), ours.timing().micros()))));
        }
        return floors;
    }

    private static void speed(
            List<Floor> floors,
            List<PeersCell> cells,
            Workload workload,
            VectorModule vectors,
            int timeSteps,
            double floor,
            double aim) {
        find(cells, workload, vectors, USUAL, timeSteps)
                .ifPresent(cell -> floors.add(new Floor(
                        workload + ", T = " + timeSteps + ", " + vectors.label() + ": times as fast as int8",
                        floor,
                        aim,
                        false,
                        cell.against(cell.best()))));
    }

    private static Floor cost(PeersCell sparse, PeersCell full) {
        return new Floor(
                sparse.workload() + ", T = " + sparse.timeSteps() + ", "
                        + sparse.vectors().label() + ": cost at density .05 of that at .30",
                0.5,
                Double.NaN,
                true,
                Ratio.ofMedians(sparse.best().micros(), full.best().micros()));
    }

    private static Optional<PeersCell> find(
            List<PeersCell> cells, Workload workload, VectorModule vectors, double density, int timeSteps) {
        return cells.stream()
                .filter(cell -> cell.is(workload, vectors, density, timeSteps))
                .findFirst();
    }
}
