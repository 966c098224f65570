package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.host.report.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run held against an earlier one. The two were made at different times, so the errors of their meters are taken as
 * independent; two images on one bench are compared better in pairs, by {@code rig ab}.
 */
record RunComparison(KeptRun before, KeptRun after) {
    private static final Map<String, String> CIRCUMSTANCES = circumstances();

    private static Map<String, String> circumstances() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("/manifest/device", "device");
        all.put("/manifest/image/digest", "image");
        all.put("/manifest/inputs", "inputs of windows");
        all.put("/accuracy/data", "data");
        all.put("/energy/meter/source", "meter");
        all.put("/energy/cut", "way of cutting windows");
        all.put("/manifest/host/processor", "host");
        return all;
    }

    /** How much more energy an inference takes, as a fraction of before; empty when either has none. */
    Optional<Interval> energyChange() {
        if (before.microjoules().isEmpty() || after.microjoules().isEmpty()) {
            return Optional.empty();
        }
        Interval one = before.microjoules().get();
        Interval two = after.microjoules().get();
        double ratio = two.value() / one.value();
        double half = Math.abs(ratio) * Math.hypot(one.relativeWidth() / 2, two.relativeWidth() / 2);
        return Optional.of(
                new Interval(ratio - 1, ratio - 1 - half, ratio - 1 + half, Math.min(one.level(), two.level())));
    }

    /** How much faster, as a fraction of before. */
    OptionalDouble speedChange() {
        return before.inferencesPerSecond().isPresent()
                        && after.inferencesPerSecond().isPresent()
                ? OptionalDouble.of(after.inferencesPerSecond().getAsDouble()
                                / before.inferencesPerSecond().getAsDouble()
                        - 1)
                : OptionalDouble.empty();
    }

    /** How many points of accuracy more, with Newcombe's 95 % interval of a difference of two shares. */
    Optional<Interval> accuracyChange() {
        if (before.accuracy().isEmpty() || after.accuracy().isEmpty()) {
            return Optional.empty();
        }
        Accuracy one = before.accuracy().get();
        Accuracy two = after.accuracy().get();
        double change = two.share() - one.share();
        double down =
                Math.hypot(two.share() - two.interval().low(), one.interval().high() - one.share());
        double up = Math.hypot(
                two.interval().high() - two.share(),
                one.share() - one.interval().low());
        return Optional.of(new Interval(change, change - down, change + up, .95));
    }

    /** What else differs between the two runs and may be why. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        CIRCUMSTANCES.forEach((pointer, name) -> {
            String one = before.text(pointer);
            String two = after.text(pointer);
            if (!one.isEmpty() && !two.isEmpty() && !one.equals(two)) {
                differences.add("another " + name + ": " + shortened(one) + ", then " + shortened(two));
            }
        });
        for (KeptRun run : List.of(before, after)) {
            run.incomplete()
                    .ifPresent(phase -> differences.add(run.name() + " is incomplete, it broke off in " + phase
                            + ": what it lacks is not compared"));
        }
        if (before.is("/manifest/rules/by_the_rules") != after.is("/manifest/rules/by_the_rules")) {
            differences.add("one of the two runs is a trial, not by the rules");
        }
        if (before.is("/energy/idle_subtracted") != after.is("/energy/idle_subtracted")) {
            differences.add("idle power was subtracted in one of the two alone: their energies do not compare");
        }
        if (before.is("/energy/simulated") || after.is("/energy/simulated")) {
            differences.add("the power of "
                    + (before.is("/energy/simulated") && after.is("/energy/simulated") ? "both" : "one")
                    + " was simulated");
        }
        return differences;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 16) + "…" : text;
    }
}
