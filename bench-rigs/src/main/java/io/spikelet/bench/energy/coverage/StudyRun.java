package io.spikelet.bench.energy.coverage;

import io.spikelet.bench.energy.BoardWindow;
import io.spikelet.bench.energy.BudgetPart;
import io.spikelet.bench.energy.CutException;
import io.spikelet.bench.energy.CutMethod;
import io.spikelet.bench.energy.EdgeCuts;
import io.spikelet.bench.energy.EnergyMeasurement;
import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.EnergyRules;
import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.LoadStepCuts;
import io.spikelet.bench.energy.LoadStepCuts.Laps;
import io.spikelet.bench.energy.MarkCuts;
import io.spikelet.bench.energy.MarkCuts.Marks;
import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.sim.PinEdge;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.hal.sim.SimMeterFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One run of five windows: a drawn board, a simulated meter, and what is made of them. */
final class StudyRun {
    private static final double REST_LEVEL = .95;
    private static final int WINDOWS = 5;
    private static final int INPUT = 7;
    private static final double PAUSE = 1.5;
    private static final double WARM_UP = .4;
    private static final double GAIN = .01;
    private static final double METER_PPM = 50;
    private static final double BOARD_PPM = 50;
    private static final double LATENCY = 1e-3;
    private static final double VOLTS = 5;
    private static final double NOISE = .01; // of the mean power, each sample
    private static final double JITTER = .2; // of a sample period
    private static final double DIP = .8;
    private static final long DIP_NANOS = 2_000_000;
    private static final long GAP_NANOS = 30_000_000;
    private static final int GAP_SAMPLES = 3;

    /**
     * What came of it.
     *
     * @param truth micro-joules per inference
     * @param gain what the drawn meter makes of 1 W
     */
    record Outcome(EnergyResult result, double truth, double gain) {
        /** Whether the other parts of the budget, at 95 %, hold what is left of the error when the gain is divided out. */
        boolean restHolds() {
            Interval rest = result.by(source -> source != BudgetPart.Source.GAIN, REST_LEVEL)
                    .orElseThrow();
            double value = rest.value() / gain;
            return Math.abs(value - truth) <= (rest.high() - rest.low()) / 2;
        }
    }

    private record Lap(double start, double end, long inferences) {}

    private final StudyCase study;
    private final Fault fault;
    private final SplittableRandom random;
    private final KnownLoad load = new KnownLoad();
    private final List<Lap> laps = new ArrayList<>();
    private final double idleWatts;
    private final double pulseWatts;
    private final double period;
    private final double duty;

    StudyRun(StudyCase study, Fault fault, long seed) {
        this.study = study;
        this.fault = fault;
        random = new SplittableRandom(seed);
        idleWatts = 1 + random.nextDouble();
        pulseWatts = 1.5 + 2 * random.nextDouble();
        duty = .4 + .4 * random.nextDouble();
        period = fault == Fault.IN_STEP ? 2 / (3 * study.rate()) : .004 + .02 * random.nextDouble();
        load.rest(2 + random.nextDouble(), idleWatts);
        for (int i = 0; i < WINDOWS; i++) {
            double slower = fault == Fault.HOT ? period * (1 + .01 * i) : period;
            double strange = fault == Fault.DISTURBED && i == 2 ? 1.08 : 1;
            double scatter = (1 + study.scatter() * random.nextGaussian()) * strange;
            load.add(WARM_UP, idleWatts, pulseWatts, slower, duty);
            long inferences = (long) Math.ceil(study.seconds() / slower);
            double start = load.seconds();
            double idle = study.idle() ? idleWatts : idleWatts * scatter;
            load.add(inferences * slower, idle, pulseWatts * scatter, slower, duty);
            laps.add(new Lap(start, load.seconds(), inferences));
            load.rest(PAUSE * (1 + .3 * random.nextDouble()), idleWatts);
        }
    }

    private double truth() {
        double active = pulseWatts * duty * period;
        return (active + (study.idle() ? 0 : idleWatts * period)) * 1e6;
    }

    Outcome run() throws CutException, IOException {
        double mean = idleWatts + pulseWatts * duty;
        double most = fault == Fault.CLIPPED ? (idleWatts + pulseWatts) / VOLTS : 2;
        MeterTraits traits = new MeterTraits(
                "drawn",
                "a simulated meter, its errors drawn within its promise",
                study.rate(),
                study.means(),
                new MeterAccuracy(GAIN, 5e-4 * mean, 1e-3),
                METER_PPM,
                1,
                most);
        SimMeterFaults noise =
                SimMeterFaults.none(random.nextLong()).withNoise(NOISE * mean, Math.round(JITTER * 1e9 / study.rate()));
        try (SimMeter meter = SimMeter.virtual(traits, load, noise, VOLTS, edges(), Math.round(load.seconds() * 1e9))) {
            PowerRecording recording = record(meter);
            double slow = fault == Fault.SLOW_CLOCK ? 2000 : BOARD_PPM * (2 * random.nextDouble() - 1);
            double boardClock = 1 + 1e-6 * slow;
            List<BoardWindow> boards = new ArrayList<>();
            for (Lap lap : laps) {
                double seconds = Math.rint((lap.end - lap.start) * boardClock * 1e6) * 1e-6;
                boolean told = study.method() != CutMethod.EDGES || fault == Fault.SLOW_CLOCK;
                boards.add(told ? BoardWindow.timed(lap.inferences, seconds) : BoardWindow.untimed(lap.inferences));
            }
            WindowCuts cuts = cut(recording, boards, boardClock);
            Optional<WindowCut> idle = study.idle() ? Optional.of(new WindowCut(.1e9, 1.9e9, 0)) : Optional.empty();
            EnergyRules rules = EnergyRules.standard().windows(WINDOWS, Math.min(10, study.seconds()));
            return new Outcome(EnergyMeasurement.of(recording, cuts, boards, idle, rules), truth(), meter.gain());
        }
    }

    private PowerRecording record(SimMeter meter) throws IOException {
        PowerRecording recording = new PowerRecording(meter.traits());
        SampleBlock block = new SampleBlock(1024);
        SampleBlock sent = new SampleBlock(1024);
        long strange = meter.meterNanos(Math.round((laps.get(1).start + laps.get(1).end) / 2 * 1e9));
        int skip = 0;
        meter.start();
        while (meter.read(block, 0) > 0 || block.edgeCount() > 0) {
            sent.clear();
            for (int i = 0; i < block.edgeCount(); i++) {
                sent.addEdge(block.edgeNanos(i), block.edgeInput(i), block.edgeRises(i));
            }
            for (int i = 0; i < block.size(); i++) {
                long since = block.nanos(i) - strange;
                boolean begins = random.nextDouble() * GAP_SAMPLES < study.lossShare();
                skip = skip > 0 ? skip - 1 : begins ? GAP_SAMPLES : 0;
                if (skip > 0 || fault == Fault.GAP && since > 0 && since < GAP_NANOS) {
                    sent.addLost(1);
                    continue;
                }
                boolean dips = fault == Fault.DIP && since > 0 && since < DIP_NANOS;
                sent.add(block.nanos(i), block.watts(i), block.volts(i) * (dips ? DIP : 1), block.amps(i));
            }
            long last = block.size() > 0 ? block.nanos(block.size() - 1) : recording.endNanos();
            recording.add(sent, hostNanos(meter.trueNanos(last) * 1e-9));
        }
        return recording;
    }

    /** At the beginning of each warm-up, and at both ends of each window. */
    private List<PinEdge> edges() {
        List<PinEdge> edges = new ArrayList<>();
        for (Lap lap : laps) {
            for (double at : new double[] {lap.start - WARM_UP, lap.start, lap.end}) {
                edges.addAll(PinEdge.lowPulse(Math.round(at * 1e9), INPUT));
            }
        }
        return edges;
    }

    /** When the host sees what happens: a little later, never sooner, and now and then much later. */
    private long hostNanos(double seconds) {
        return Math.round((seconds + LATENCY * (1 - Math.log(1 - random.nextDouble())) / 2) * 1e9);
    }

    private WindowCuts cut(PowerRecording recording, List<BoardWindow> boards, double boardClock) throws CutException {
        switch (study.method()) {
            case EDGES -> {
                List<WindowCut> cuts = new ArrayList<>();
                double after = 0;
                for (Lap lap : laps) {
                    double until = lap.end + PAUSE / 2;
                    cuts.add(EdgeCuts.lastTwo(recording, INPUT, (long) (after * 1e9), (long) (until * 1e9)));
                    after = until;
                }
                return new WindowCuts(CutMethod.EDGES, cuts);
            }
            case MARKS -> {
                List<Marks> marks = laps.stream()
                        .map(lap -> new Marks(hostNanos(lap.start), hostNanos(lap.end)))
                        .toList();
                return MarkCuts.of(recording, marks, boards, MarkCuts.LINE_LATENCY_NANOS);
            }
            case ALIGNMENT -> {
                return LoadStepCuts.of(
                        recording,
                        laps.stream()
                                .map(lap -> new Laps(17 + lap.start * boardClock, 17 + lap.end * boardClock))
                                .toList());
            }
        }
        throw new IllegalStateException();
    }
}
