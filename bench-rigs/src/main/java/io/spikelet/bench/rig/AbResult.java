package io.spikelet.bench.rig;

import io.spikelet.bench.energy.ComparedSide;
import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.Finding;
import io.spikelet.bench.energy.PairedComparison;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import io.spikelet.bench.energy.WindowEnergy;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What pairs of windows say of two images.
 *
 * @param a (pairs) windows of the first image
 * @param b (pairs) windows of the second, in the same order
 * @param aFirst (pairs) which of the two came first
 * @param energy of B against A, µJ an inference
 * @param time of B against A, µs an inference
 * @param refused pairs of which a window could not be used
 */
record AbResult(
        List<WindowEnergy> a,
        List<WindowEnergy> b,
        List<Boolean> aFirst,
        Optional<PairedComparison> energy,
        Optional<PairedComparison> time,
        int refused,
        List<String> findings,
        MeterTraits traits,
        String why,
        boolean simulated,
        boolean idleSubtracted) {
    private static final double LEVEL = .95;
    private static final int LEAST_PAIRS = 2;
    /** The board's clock, or the meter's where edges tell: nothing against what runs differ by. */
    private static final MeterAccuracy EXACT = new MeterAccuracy(0, 0, 0);

    AbResult {
        a = List.copyOf(a);
        b = List.copyOf(b);
        aFirst = List.copyOf(aFirst);
        findings = List.copyOf(findings);
    }

    static AbResult of(
            List<AbRun.Taken> taken,
            WindowCuts cuts,
            EnergyResult result,
            MeterTraits traits,
            ChosenMeter meter,
            boolean idleSubtracted) {
        List<WindowEnergy> a = new ArrayList<>();
        List<WindowEnergy> b = new ArrayList<>();
        List<Boolean> aFirst = new ArrayList<>();
        int refused = 0;
        // A window that the recording does not hold is missing in the result: windows are known by their cuts.
        Map<WindowCut, WindowEnergy> usable = new HashMap<>();
        result.windows().stream()
                .filter(window -> !window.refused() && window.microjoules() > 0)
                .forEach(window -> usable.put(window.cut(), window));
        for (int i = 0; i + 1 < taken.size(); i += 2) {
            WindowEnergy first = usable.get(cuts.windows().get(i));
            WindowEnergy second = usable.get(cuts.windows().get(i + 1));
            if (first == null || second == null) {
                refused++;
                continue;
            }
            boolean isA = taken.get(i).isA();
            a.add(isA ? first : second);
            b.add(isA ? second : first);
            aFirst.add(isA);
        }
        MeterAccuracy accuracy = idleSubtracted
                ? new MeterAccuracy(
                        traits.accuracy().gain(), 0, traits.accuracy().resolutionWatts())
                : traits.accuracy();
        boolean enough = a.size() >= LEAST_PAIRS;
        return new AbResult(
                a,
                b,
                aFirst,
                enough
                        ? Optional.of(PairedComparison.of(
                                side(a, WindowEnergy::microjoules),
                                side(b, WindowEnergy::microjoules),
                                LEVEL,
                                accuracy))
                        : Optional.empty(),
                enough
                        ? Optional.of(
                                PairedComparison.of(side(a, AbResult::micros), side(b, AbResult::micros), LEVEL, EXACT))
                        : Optional.empty(),
                refused,
                // Two images differ, so that what is said of the scatter of all windows says nothing here.
                result.findings().stream()
                        .filter(finding ->
                                finding.kind() != Finding.Kind.SCATTER && finding.kind() != Finding.Kind.THROTTLING)
                        .map(Finding::sentence)
                        .toList(),
                traits,
                meter.why(),
                meter.simulated(),
                idleSubtracted);
    }

    /** What a reader must know beside the figures. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (simulated) {
            notes.add("the power is simulated, not measured: it follows how long windows take, and tells nothing else");
        }
        if (refused > 0) {
            notes.add(refused + " pairs were left out, for a window of theirs could not be used");
        }
        notes.addAll(findings);
        return notes;
    }

    private static ComparedSide side(List<WindowEnergy> windows, ToDoubleFunction<WindowEnergy> value) {
        return new ComparedSide(
                windows.stream().mapToDouble(value).toArray(),
                windows.stream().mapToDouble(AbResult::micros).average().orElseThrow() / 1e6);
    }

    /** µs an inference, by the board's clock where it told, otherwise by the meter's between edges or marks. */
    static double micros(WindowEnergy window) {
        double seconds = window.board().isTimed()
                ? window.board().seconds()
                : window.cut().seconds();
        return 1e6 * seconds / window.board().inferences();
    }
}
