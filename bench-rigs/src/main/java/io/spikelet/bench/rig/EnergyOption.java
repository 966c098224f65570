package io.spikelet.bench.rig;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How energy is measured, for each command that does. */
final class EnergyOption {
    @Option(
            names = "--meter",
            paramLabel = "METER",
            description = "The meter and its settings (docs/meters.md); without it the machine's own counter or power"
                    + " sensor, where there is one, and otherwise a simulated meter.")
    private String meter;

    @Option(
            names = "--cut",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "How windows are found in the recording: edges of a pin, marks (lines of the serial line),"
                + " alignment (steps of the load), or auto: edges where the meter saw them, otherwise marks (default:"
                + " ${DEFAULT-VALUE}).")
    private String cut;

    @Option(
            names = "--edge-input",
            paramLabel = "N",
            description =
                    "The digital input of the meter that the measuring pin is wired to, 0..7 (default: the one that"
                            + " sees edges).")
    private Integer edgeInput;

    @Option(
            names = "--idle",
            defaultValue = "3",
            paramLabel = "S",
            description =
                    "Leave the board alone so long before the windows and tell what it takes then; 0 leaves that out"
                            + " (default: ${DEFAULT-VALUE}).")
    private double idle;

    @Option(names = "--subtract-idle", description = "Take the idle power off the energy of each inference.")
    private boolean subtractIdle;

    EnergyOption() {}

    EnergyPlan plan() {
        return new EnergyPlan(
                EnergyPlan.Cut.parse(cut),
                edgeInput == null ? OptionalInt.empty() : OptionalInt.of(edgeInput),
                idle,
                subtractIdle);
    }

    /** As it was written; empty where nothing was. */
    String meter() {
        return meter == null ? "" : meter;
    }
}
