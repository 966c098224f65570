package io.spikelet.bench.rig;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spikelet rig}: the laboratory bench. */
@Command(
        name = "rig",
        description = "Measure a board on the bench: accuracy, speed, and energy by a meter, as MLPerf Tiny does.",
        synopsisSubcommandLabel = "run|list|compare|ab|push",
        subcommands = {RunCommand.class, ListCommand.class, CompareCommand.class, AbCommand.class, PushCommand.class},
        footer = {"", "Example:", "  spikelet rig run --dut serial:/dev/ttyACM0 --data digits.h5"})
final class RigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    RigCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
