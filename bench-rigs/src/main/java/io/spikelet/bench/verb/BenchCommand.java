package io.spikelet.bench.verb;

import io.spikelet.bench.adapt.AdaptCommand;
import io.spikelet.bench.agent.AgentCommand;
import io.spikelet.bench.convert.ConvertBenchCommand;
import io.spikelet.bench.crossbar.CrossbarCommand;
import io.spikelet.bench.energy.coverage.EnergyCoverageCommand;
import io.spikelet.bench.engine.EngineCommand;
import io.spikelet.bench.exact.ExactCommand;
import io.spikelet.bench.fleet.FleetCommand;
import io.spikelet.bench.fuzz.FuzzCommand;
import io.spikelet.bench.gradients.GradientsCommand;
import io.spikelet.bench.guard.GuardCommand;
import io.spikelet.bench.learner.LearnerCommand;
import io.spikelet.bench.meters.MetersCommand;
import io.spikelet.bench.metrics.EnergyCommand;
import io.spikelet.bench.outage.BrokerKillCommand;
import io.spikelet.bench.peers.PeersCommand;
import io.spikelet.bench.powercut.FlashcutCommand;
import io.spikelet.bench.powercut.PowercutCommand;
import io.spikelet.bench.rig.RigCoverageCommand;
import io.spikelet.bench.scratch.ScratchCommand;
import io.spikelet.bench.start.StartCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spikelet bench}: measures, each kind of measurement a command of its own. */
@Command(
        name = "bench",
        description = "Measure the engine, alone and beside its peers.",
        synopsisSubcommandLabel =
                "engine|peers|start|exact|scratch|adapt|gradients|learner|guard|powercut|flashcut|fuzz|broker-kill|crossbar|convert|fleet|agent|meters|rig-coverage",
        subcommands = {
            EngineCommand.class,
            PeersCommand.class,
            StartCommand.class,
            ExactCommand.class,
            ScratchCommand.class,
            AdaptCommand.class,
            LearnerCommand.class,
            GradientsCommand.class,
            GuardCommand.class,
            PowercutCommand.class,
            FlashcutCommand.class,
            FuzzCommand.class,
            BrokerKillCommand.class,
            CrossbarCommand.class,
            ConvertBenchCommand.class,
            FleetCommand.class,
            AgentCommand.class,
            MetersCommand.class,
            EnergyCoverageCommand.class,
            EnergyCommand.class,
            RigCoverageCommand.class
        },
        footer = {"", "Example:", "  spikelet bench peers --workload W1"})
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    BenchCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
