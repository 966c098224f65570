package io.spikelet.bench.rig;

import io.spikelet.bench.energy.BoardWindow;
import io.spikelet.bench.energy.CutException;
import io.spikelet.bench.energy.CutMethod;
import io.spikelet.bench.energy.EdgeCuts;
import io.spikelet.bench.energy.LoadStepCuts;
import io.spikelet.bench.energy.MarkCuts;
import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the windows lie in a recording, by the way that a person chose or the best that there is. */
final class WindowFinder {
    private final PowerRecording recording;
    private final List<MeteredWindow> windows;
    private final List<BoardWindow> boards;

    WindowFinder(PowerRecording recording, List<MeteredWindow> windows, List<BoardWindow> boards) {
        this.recording = recording;
        this.windows = windows;
        this.boards = boards;
    }

    /** @throws IOException when they cannot be found that way */
    WindowCuts find(EnergyPlan plan) throws IOException {
        try {
            return switch (plan.cut()) {
                case EDGES -> edges(requireInputs(plan));
                case MARKS -> marks();
                case ALIGNMENT -> LoadStepCuts.of(recording, laps());
                case AUTO -> best(plan);
            };
        } catch (CutException notFound) {
            throw new IOException(notFound.getMessage(), notFound);
        }
    }

    private EnergyPlan requireInputs(EnergyPlan plan) {
        if (recording.traits().digitalInputs() == 0) {
            throw new IllegalArgumentException("the meter " + recording.traits().name()
                    + " has no digital inputs, so no edges; choose --cut marks, or a meter that has");
        }
        return plan;
    }

    private WindowCuts best(EnergyPlan plan) throws CutException {
        if (recording.traits().digitalInputs() == 0) {
            return marks();
        }
        try {
            return edges(plan);
        } catch (CutException noWire) {
            return marks();
        }
    }

    private WindowCuts edges(EnergyPlan plan) throws CutException {
        if (plan.input().isPresent()) {
            return edges(plan.input().getAsInt());
        }
        for (int input = 0; input + 1 < recording.traits().digitalInputs(); input++) {
            try {
                return edges(input);
            } catch (CutException notThisOne) {
                continue;
            }
        }
        return edges(
                Math.max(0, recording.traits().digitalInputs() - 1)); // which tells why, when it is not that one either
    }

    private WindowCuts edges(int input) throws CutException {
        List<WindowCut> cuts = new ArrayList<>();
        for (MeteredWindow window : windows) {
            cuts.add(EdgeCuts.lastTwo(recording, input, window.afterNanos(), window.untilNanos()));
        }
        return new WindowCuts(CutMethod.EDGES, cuts);
    }

    private WindowCuts marks() throws CutException {
        List<MarkCuts.Marks> marks = windows.stream()
                .map(window -> new MarkCuts.Marks(
                        window.answer().beganNanos(), window.answer().endedNanos()))
                .toList();
        return MarkCuts.of(recording, marks, boards, MarkCuts.LINE_LATENCY_NANOS);
    }

    private List<LoadStepCuts.Laps> laps() throws IOException {
        List<LoadStepCuts.Laps> laps = new ArrayList<>();
        for (MeteredWindow window : windows) {
            if (!window.answer().timed()) {
                throw new DutException(
                        "--cut alignment lays the device's own times over the load, and it told no m-lap-us;"
                                + " put it into performance mode, or choose --cut edges or marks");
            }
            List<Long> told = window.answer().laps();
            laps.add(new LoadStepCuts.Laps(told.get(told.size() - 2) / 1e6, told.getLast() / 1e6));
        }
        return laps;
    }
}
