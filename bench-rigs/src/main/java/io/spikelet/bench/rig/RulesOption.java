package io.spikelet.bench.rig;

import picocli.CommandLine.Option;

/** How windows are made, for each command that makes some. */
final class RulesOption {
    private static final double PERCENT = 100;

    @Option(
            names = "--windows",
            defaultValue = "5",
            paramLabel = "N",
            description =
                    "Windows of performance and of energy; other numbers than ${DEFAULT-VALUE} are not by the rules"
                            + " (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "S",
            description =
                    "The least that a window lasts; less than 10 is not by the rules (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warmups",
            defaultValue = "10",
            paramLabel = "N",
            description = "Inferences before each window (default: ${DEFAULT-VALUE}).")
    private int warmups;

    @Option(
            names = "--scatter",
            defaultValue = "5",
            paramLabel = "PERCENT",
            description =
                    "Refuse a median of windows that lie further apart, greatest less least over the median (default:"
                            + " ${DEFAULT-VALUE}).")
    private double scatter;

    RulesOption() {}

    WindowRules rules() {
        return new WindowRules(windows, seconds, warmups, scatter / PERCENT);
    }
}
