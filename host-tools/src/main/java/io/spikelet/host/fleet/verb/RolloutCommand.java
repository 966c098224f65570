package io.spikelet.host.fleet.verb;

import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.rollout.BoardStep;
import io.spikelet.host.fleet.rollout.HaltRule;
import io.spikelet.host.fleet.rollout.HealthGate;
import io.spikelet.host.fleet.rollout.Journal;
import io.spikelet.host.fleet.rollout.Rollout;
import io.spikelet.host.fleet.rollout.RolloutJson;
import io.spikelet.host.fleet.rollout.RolloutState;
import io.spikelet.host.fleet.rollout.SmpBoardImages;
import io.spikelet.host.fleet.rollout.Waves;
import io.spikelet.host.fleet.store.CollectorBeat;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import io.spikelet.host.fleet.store.StoreWatch;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet rollout}: an image to a fleet, in waves that halt by themselves. */
@Command(
        name = "rollout",
        description = "Bring an image to many boards in waves, each on trial until its boards fare well.",
        footer = {
            "",
            "Each wave takes the image on trial, serves it for the soak, and confirms when no rule halts; else it goes",
            "back by itself and the roll-out halts with exit code 1. The state file knows every step: the same command",
            "goes on after a crash or Ctrl-C. Figures come from the store that 'spikelet collect' writes.",
            "",
            "Examples:",
            "  spikelet rollout digits.img --broker mqtt://broker.local --store fleet.db --dry-run",
            "  spikelet rollout digits.img --broker mqtt://broker.local --store fleet.db --group north --canary 2 \\",
            "      --waves 10%,50%,100% --soak 600 --halt-on 'accuracy<before-0.02,latency>before*1.5,offline>5%'"
        })
final class RolloutCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "A signed model image.")
    private Path file;

    @Mixin
    private BrokerOption broker;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "STORE",
            description = "The store that a collector writes.")
    private String store;

    @Option(names = "--group", paramLabel = "GROUP", description = "Boards of this group only; may be repeated.")
    private List<String> groups = List.of();

    @Option(names = "--board", paramLabel = "GROUP/NAME", description = "This board only; may be repeated.")
    private List<String> boards = List.of();

    @Option(
            names = "--canary",
            defaultValue = "1",
            paramLabel = "N",
            description = "Boards of the first wave (${DEFAULT-VALUE}).")
    private int canary;

    @Option(
            names = "--waves",
            defaultValue = "5%,25%,100%",
            paramLabel = "SHARES",
            description = "How many boards have the image after each further wave (${DEFAULT-VALUE}).")
    private String waves;

    @Option(
            names = "--soak",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long each wave serves the image before it confirms (${DEFAULT-VALUE}).")
    private int soakSeconds;

    @Option(
            names = "--halt-on",
            defaultValue = "",
            paramLabel = "RULES",
            description = "Rules that halt, joined by commas: accuracy<0.9, accuracy<before-0.05, latency>before*1.5,"
                    + " drift>0, offline>10%, failed>10%. Any board that fails or stays away halts unless told"
                    + " otherwise.")
    private String haltOn;

    @Option(
            names = "--at-once",
            defaultValue = "4",
            paramLabel = "N",
            description = "Boards that take the image at the same time (${DEFAULT-VALUE}).")
    private int atOnce;

    @Option(
            names = "--revert",
            defaultValue = "wave",
            paramLabel = "wave|all",
            description = "What goes back on an alarm: the wave on trial, or earlier waves as well (${DEFAULT-VALUE}).")
    private String revert;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where the roll-out keeps its state; IMAGE.rollout.json by default.")
    private Path stateFile;

    @Option(names = "--go-on", description = "Go on with a roll-out that has halted, from the wave that it halted in.")
    private boolean goOn;

    @Option(names = "--dry-run", description = "Say which boards would take the image when, and do nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the state at the end as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    RolloutCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelImage image = ImageFile.read(file);
        String model = ImageFile.network(file, image).name();
        List<HaltRule> rules = HaltRule.parseAll(haltOn);
        Waves plan = Waves.parse(canary, waves);
        if (!revert.equals("wave") && !revert.equals("all")) {
            throw new IllegalArgumentException("what goes back is wave or all: --revert " + revert);
        }
        Rollout.Manner manner = new Rollout.Manner(Duration.ofSeconds(soakSeconds), atOnce, revert.equals("all"));
        PrintWriter out = spec.commandLine().getOut();
        Path at = stateFile == null ? Path.of(file + ".rollout.json") : stateFile;
        ImageFile.requireFolder(at);
        Fleet fleet = new Fleet();
        try (FleetStore kept = JdbcFleetStore.open(store);
                StoreWatch watch = new StoreWatch(kept, fleet)) {
            Journal journal = new Journal(at, kept);
            if (!dryRun) {
                requireCollector(watch, fleet);
            }
            RolloutState state = state(journal, image, model, plan, fleet);
            if (dryRun) {
                tellPlan(state, rules, out);
                return 0;
            }
            SmpBoardImages images = new SmpBoardImages(broker.address(), broker.settings());
            HealthGate gate = new HealthGate(fleet, rules, watch::hears);
            Rollout rollout = new Rollout(image, state, journal, images, fleet, gate, manner, this::say);
            run(rollout);
            if (!watch.trouble().isEmpty()) {
                say("the store is not read any more: " + watch.trouble());
            }
            return tellEnd(state, at, out);
        }
    }

    /**
     * Waits a few beats for a collector that has just started, or whose clock is behind, and for the first board that it
     * hears; a roll-out that goes on knows its boards.
     */
    private void requireCollector(StoreWatch watch, Fleet fleet) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3 * CollectorBeat.EVERY_MILLIS);
        boolean told = false;
        while (!(watch.anyCollector() && (goOn || anyOnline(fleet))) && System.nanoTime() - patience < 0) {
            if (!told) {
                say("waiting for a collector that is alive, and a board that it hears");
                told = true;
            }
            Thread.sleep(200);
        }
        if (!watch.anyCollector()) {
            throw new IllegalArgumentException("no collector is alive that writes the store " + StoreName.of(store)
                    + " (" + watch.trouble() + "): start 'spikelet collect' with it, or nothing can be judged");
        }
    }

    private boolean anyOnline(Fleet fleet) {
        return fleet.boards().stream().anyMatch(board -> isMeant(board.id()) && board.state() == BoardState.ONLINE);
    }

    /** With --json, standard output is for the state alone. */
    private synchronized void say(String line) {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static void run(Rollout rollout) throws IOException, InterruptedException {
        UntilStopped end = new UntilStopped();
        Thread asked = Thread.ofVirtual().start(() -> {
            try {
                end.within(Duration.ofDays(10_000));
                rollout.stop();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            rollout.run();
        } finally {
            asked.interrupt();
            end.done();
        }
    }

    private RolloutState state(Journal journal, ModelImage image, String model, Waves plan, Fleet fleet)
            throws IOException {
        String digest = HexFormat.of().formatHex(image.digest());
        if (!journal.exists()) {
            return begin(digest, image, model, plan, fleet);
        }
        RolloutState known = journal.read();
        if (!known.digest().equals(digest)) {
            throw new IllegalArgumentException("the state file is of another image, " + known.image() + " "
                    + known.version() + ": name another with --state, or remove it");
        }
        if (known.phase() == RolloutState.Phase.HALTED && !goOn && !dryRun) {
            throw new IllegalArgumentException("this roll-out has halted: " + known.reason()
                    + "; --go-on goes on all the same, another --state begins anew");
        }
        if (known.phase() == RolloutState.Phase.HALTED && goOn) {
            known.goOn();
        }
        say("going on    with " + known.id() + ", wave " + (known.wave() + 1) + " of " + known.waves());
        return known;
    }

    private RolloutState begin(String digest, ModelImage image, String model, Waves plan, Fleet fleet) {
        List<BoardId> online = new ArrayList<>();
        List<BoardStep> steps = new ArrayList<>();
        for (Board board : fleet.boards()) {
            if (!isMeant(board.id())) {
                continue;
            }
            if (board.state() == BoardState.ONLINE) {
                online.add(board.id());
            } else {
                steps.add(new BoardStep(
                        board.id(), 0, BoardStep.State.SKIPPED, "", Map.of(), "not online at the beginning"));
            }
        }
        if (online.isEmpty()) {
            throw new IllegalArgumentException("no board that is meant is online in the store " + StoreName.of(store)
                    + ": does 'spikelet collect' run with it?");
        }
        List<List<BoardId>> spread = plan.spread(online, digest.hashCode());
        for (int wave = 0; wave < spread.size(); wave++) {
            for (BoardId board : spread.get(wave)) {
                steps.add(new BoardStep(board, wave, BoardStep.State.WAITING, "", Map.of(), ""));
            }
        }
        long now = System.currentTimeMillis();
        return new RolloutState(
                digest.substring(0, 12) + "-" + now,
                model,
                digest,
                image.version().toString(),
                now,
                steps);
    }

    private boolean isMeant(BoardId board) {
        return (groups.isEmpty() || groups.contains(board.group()))
                && (boards.isEmpty() || boards.contains(board.toString()));
    }

    private static void tellPlan(RolloutState state, List<HaltRule> rules, PrintWriter out) {
        out.println("image       " + state.image() + " " + state.version() + ", " + state.digest());
        for (int wave = 0; wave < state.waves(); wave++) {
            List<BoardStep> boards = state.stepsOf(wave);
            List<String> names = boards.stream()
                    .limit(8)
                    .map(step -> step.board().toString())
                    .toList();
            out.println("wave " + (wave + 1) + "      " + boards.size() + " boards: " + String.join(", ", names)
                    + (boards.size() > names.size() ? ", …" : ""));
        }
        out.println("skipped     " + state.counts().get(BoardStep.State.SKIPPED) + " boards that are not online");
        out.println("halts on    "
                + String.join(", ", rules.stream().map(HaltRule::text).toList()));
        out.println("nothing was done: --dry-run");
    }

    private int tellEnd(RolloutState state, Path at, PrintWriter out) throws IOException {
        boolean done = state.phase() == RolloutState.Phase.DONE;
        if (json) {
            out.println(RolloutJson.whole(state));
        } else {
            Map<BoardStep.State, Integer> counts = state.counts();
            out.printf(
                    "%-11s %d of %d boards have %s %s; failed %d, reverted %d, stuck %d, skipped %d%n",
                    done ? "done" : state.phase() == RolloutState.Phase.HALTED ? "halted" : "stopped",
                    counts.get(BoardStep.State.DONE),
                    state.steps().size(),
                    state.image(),
                    state.version(),
                    counts.get(BoardStep.State.FAILED),
                    counts.get(BoardStep.State.REVERTED),
                    counts.get(BoardStep.State.STUCK),
                    counts.get(BoardStep.State.SKIPPED));
            Optional.of(state.reason())
                    .filter(reason -> !reason.isEmpty())
                    .ifPresent(reason -> out.println("because     " + reason));
            if (!done) {
                out.println("state       " + at);
            }
        }
        return done ? 0 : 1;
    }
}
