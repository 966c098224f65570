package io.spikelet.bench.outage;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.bench.outage.RecordLedger.Tally;
import io.spikelet.telemetry.DeadBands;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Kills a broker again and again while a board tells a host through it. */
public final class BrokerKill {
    private static final String HOST = "bench";
    private static final String BOARD = "loaded";
    private static final int REPLAY_PER_SECOND = 2000;
    private static final int PATIENCE_MILLIS = 90_000;
    private static final int LOOK_MILLIS = 10;
    private static final int LONGEST_DOWN_MILLIS = 1500;
    private static final int LONGEST_UP_MILLIS = 700;

    /**
     * How to do it.
     *
     * @param kills how often
     * @param seed of the moments
     * @param telemetryMillis between two records of the board
     * @param hostTells whether the host answers births with what it has
     * @param leaveOut whether the board leaves out what it cannot know to have arrived, and counts it
     * @param decoder what the host reads payloads with
     */
    public record Plan(
            int kills,
            long seed,
            long telemetryMillis,
            boolean hostTells,
            boolean leaveOut,
            ListeningHost.Decoder decoder) {}

    private BrokerKill() {}

    /**
     * Does it.
     *
     * @param mosquitto the program
     * @param folder takes the board's data and the broker's log
     * @param each told a line after each kill
     */
    public static Tally run(Path mosquitto, Path folder, Plan plan, Consumer<String> each)
            throws IOException, InterruptedException {
        Random random = new Random(plan.seed());
        RecordLedger ledger = new RecordLedger();
        TelemetrySettings settings = new TelemetrySettings(
                Optional.of(HOST),
                DeadBands.NONE,
                TelemetrySettings.DEFAULT.storeBytes(),
                REPLAY_PER_SECOND,
                plan.leaveOut());
        try (Mosquitto broker = Mosquitto.start(mosquitto, folder, List.of("allow_anonymous true"));
                ListeningHost host = ListeningHost.start(
                        HOST,
                        BOARD,
                        LoadedBoard.broker(broker.port(), "bench-host"),
                        ledger,
                        plan.decoder(),
                        plan.hostTells());
                LoadedBoard board = LoadedBoard.start(
                        BOARD,
                        folder.resolve("store"),
                        LoadedBoard.broker(broker.port(), "bench-board"),
                        plan.telemetryMillis(),
                        settings)) {
            Waiting waiting = new Waiting(host, board, ledger);
            waiting.until("the first records", () -> ledger.records() > 0);
            for (int kill = 1; kill <= plan.kills(); kill++) {
                Thread.sleep(random.nextInt(LONGEST_UP_MILLIS));
                broker.kill();
                Thread.sleep(random.nextInt(LONGEST_DOWN_MILLIS));
                long births = ledger.births();
                long records = ledger.records();
                broker.startAgain();
                waiting.until(
                        "records after kill " + kill, () -> ledger.births() > births && ledger.records() > records);
                each.accept("kill " + kill + ": " + ledger.tally());
            }
            board.rest();
            long births = ledger.births();
            Thread.sleep(10 * plan.telemetryMillis());
            host.askForBirth();
            waiting.until("the last birth", () -> ledger.births() > births);
            waiting.until("the last records", ledger::hasAllThatWasMade);
            return ledger.tally();
        }
    }

    /** Looks until something is so, or for too long. */
    private record Waiting(ListeningHost host, LoadedBoard board, RecordLedger ledger) {
        void until(String what, BooleanSupplier isSo) throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (!isSo.getAsBoolean()) {
                host.requireAlive();
                board.requireAlive();
                if (System.nanoTime() - end > 0) {
                    throw new IOException(what + " did not come within " + PATIENCE_MILLIS + " ms: " + ledger.tally());
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }
}
