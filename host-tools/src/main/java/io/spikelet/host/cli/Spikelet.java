package io.spikelet.host.cli;

import io.spikelet.host.broker.BrokerCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The host's main: the verbs of this module and those that modules above it provide, and one place for failures. */
@Command(
        name = "spikelet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        description = "Spiking networks for small boards: import, quantise, flash, watch.",
        footer = {"", "Try 'spikelet VERB --help' for one verb."})
public final class Spikelet implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--trace",
            scope = ScopeType.INHERIT,
            description = "Log what happens, and where a failure came from.")
    private boolean trace;

    private Spikelet() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /**
     * Runs one command line within this process.
     *
     * @return the exit code: 0 all well, 1 a failure, 2 bad use or input, 70 a fault of ours
     */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return run(verbs(), arguments, out, err);
    }

    static List<Object> verbs() {
        List<Object> commands = new ArrayList<>(List.of(
                new AdaptCommand(),
                new BrokerCommand(),
                new ConvertCommand(),
                new DeviceCommand(),
                new DiffCommand(),
                new EvaluateCommand(),
                new ExportCommand(),
                new FlashCommand(),
                new ImportCommand(),
                new InferCommand(),
                new InspectCommand(),
                new KeygenCommand(),
                new KeysCommand(),
                new LearnCommand(),
                new MonitorCommand(),
                new OffloadCommand(),
                new ProvisionCommand(),
                new PullCommand(),
                new QuantiseCommand(),
                new ResidualsCommand(),
                new SignCommand()));
        ServiceLoader.load(Verb.class).forEach(verb -> commands.add(verb.command()));
        return commands;
    }

    static int run(List<Object> commands, String[] arguments, PrintWriter out, PrintWriter err) {
        return line(commands, out, err).execute(arguments);
    }

    static CommandLine line(List<Object> commands, PrintWriter out, PrintWriter err) {
        Spikelet root = new Spikelet();
        CommandLine line = new CommandLine(root);
        commands.stream()
                .map(CommandLine::new)
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .forEach(line::addSubcommand);
        Failures failures = new Failures(() -> root.trace);
        line.registerConverter(io.spikelet.model.container.Version.class, Spikelet::imageVersion);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setExecutionStrategy(parsed -> {
            Logging.configure(root.trace);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    private static io.spikelet.model.container.Version imageVersion(String text) {
        try {
            return io.spikelet.model.container.Version.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    /** {@code spikelet} alone asks for help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
