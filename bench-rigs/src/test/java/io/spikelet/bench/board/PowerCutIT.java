package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.FlashAttempt.Stage;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.SlotState;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real board process, killed with SIGKILL at seeded random moments, again and again on the same data folder. */
class PowerCutIT {
    private static final int KILLS = 8;
    private static final int MAX_DELAY_NANOS = 4_000_000;
    private static final List<Stage> AFTER_UPLOAD = List.of(Stage.UPLOADED, Stage.STAGED, Stage.RESET, Stage.ON_TRIAL);
    private static final int SAMPLES_A_REQUEST = 3;
    private static final int MAX_REQUESTS_BEFORE = 40;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private DigitsRig rig;

    @BeforeEach
    void provision() throws Exception {
        rig = DigitsRig.in(folder);
    }

    @Test
    void shouldStartWithTheOldStateOrTheNewAfterBeingKilledDuringAnUpload() throws Exception {
        long started = System.nanoTime();
        Random random = new Random(20_260_101);
        Map<Stage, Integer> killedAfter = new EnumMap<>(Stage.class);
        int hits = 0;
        int resumed = 0;
        ModelImage old = rig.signed("1.0.0", 0);
        PluggedBoard board = PluggedBoard.start(rig);
        try {
            new FlashAttempt(old).run(board.client(), _ -> {});
            for (int kill = 0; kill < KILLS; kill++) {
                ModelImage fresh = rig.signed((kill + 2) + ".0.0", 0);
                Predicate<FlashAttempt> moment = momentOfFlashing(kill, random, fresh.size());
                FlashAttempt attempt = new FlashAttempt(fresh);
                hits += flashUntilPulled(board, attempt, moment, random.nextInt(MAX_DELAY_NANOS)) ? 1 : 0;
                killedAfter.merge(attempt.stage(), 1, Integer::sum);

                board = PluggedBoard.start(rig);
                requireOldOrNew(board.client(), old, fresh, attempt);
                resumed += finish(board.client(), fresh, attempt) ? 1 : 0;
                old = fresh;
            }
        } finally {
            board.close();
        }
        System.out.printf(
                Locale.ROOT,
                "upload: %d kills, %d in the middle (last answered: %s), %d uploads resumed, %.1f s%n",
                KILLS,
                hits,
                killedAfter,
                resumed,
                (System.nanoTime() - started) / 1e9);
        assertTrue(2 * hits > KILLS, "kills that hit: " + hits);
    }

    /** Three kills in five come somewhere in the upload, the others about its end, the trial, the restart. */
    private static Predicate<FlashAttempt> momentOfFlashing(int kill, Random random, int imageBytes) {
        if (kill % 5 < 3) {
            int offset = random.nextInt(imageBytes);
            return attempt -> attempt.offset() >= offset;
        }
        Stage stage = AFTER_UPLOAD.get(kill % AFTER_UPLOAD.size());
        return attempt -> attempt.stage() == stage;
    }

    /** Tells whether the plug came out before all was done. */
    private static boolean flashUntilPulled(
            PluggedBoard board, FlashAttempt attempt, Predicate<FlashAttempt> moment, long delayNanos)
            throws IOException, InterruptedException {
        Plug plug = new Plug(board, delayNanos);
        boolean hit = false;
        try {
            attempt.run(board.client(), done -> {
                if (moment.test(done)) {
                    plug.now();
                }
            });
        } catch (IOException cut) {
            if (!plug.isToldTo()) {
                throw cut;
            }
            hit = true;
        }
        plug.await();
        board.close();
        return hit;
    }

    private static void requireOldOrNew(BoardClient client, ModelImage old, ModelImage fresh, FlashAttempt attempt)
            throws IOException {
        assertTrue(client.status().serving());
        SlotState active = FlashAttempt.active(client);
        boolean isNew = Arrays.equals(active.hash(), fresh.digest());
        if (!isNew) {
            assertArrayEquals(old.digest(), active.hash(), attempt.stage().name());
            assertTrue(active.confirmed(), attempt.stage().name());
        }
        switch (attempt.stage()) {
            case NOTHING -> assertTrue(!isNew);
            case CONFIRMED -> assertTrue(isNew && active.confirmed());
            default -> {
                // A request was on its way that may have been carried out or not: either is right.
            }
        }
    }

    /** Brings the new image to serve for good; tells whether an upload went on where it had been cut. */
    private static boolean finish(BoardClient client, ModelImage fresh, FlashAttempt cut) throws IOException {
        if (Arrays.equals(FlashAttempt.active(client).hash(), fresh.digest())) {
            client.confirm();
            return false;
        }
        FlashAttempt again = new FlashAttempt(fresh);
        again.run(client, _ -> {});
        assertTrue(again.first() >= cut.offset(), "acknowledged " + cut.offset() + ", resumed at " + again.first());
        assertEquals(Stage.CONFIRMED, again.stage());
        return cut.offset() > 0;
    }

    @Test
    void shouldStartWithTheOldStateOrTheNewAfterBeingKilledDuringLearning() throws Exception {
        long started = System.nanoTime();
        Random random = new Random(20_260_102);
        ModelImage image = rig.signed("1.0.0", 0);
        HostTwin twin = new HostTwin(rig.network(0), rig.samples());
        int hits = 0;
        int answersLost = 0;
        PluggedBoard board = PluggedBoard.start(rig);
        try {
            new FlashAttempt(image).run(board.client(), _ -> {});
            for (int kill = 0; kill < KILLS; kill++) {
                long wanted = twin.learned() + (long) SAMPLES_A_REQUEST * random.nextInt(MAX_REQUESTS_BEFORE);
                LearnAttempt attempt = new LearnAttempt(twin, SAMPLES_A_REQUEST);
                hits += learnUntilPulled(board, attempt, wanted, random.nextInt(MAX_DELAY_NANOS)) ? 1 : 0;

                board = PluggedBoard.start(rig);
                long learned = board.client().status().learned();
                answersLost += learned > attempt.learned() ? 1 : 0;
                assertTrue(
                        learned == attempt.learned() || learned == attempt.learned() + SAMPLES_A_REQUEST,
                        "acknowledged " + attempt.learned() + ", after the cut " + learned);
                twin.learnUpTo(learned);
                assertArrayEquals(twin.payload(), board.client().pullModel((_, _) -> {}), "after " + learned);
                twin.requireSameAnswer(board.client());
            }
        } finally {
            board.close();
        }
        System.out.printf(
                Locale.ROOT,
                "learning: %d kills, %d in the middle (%d after the samples were kept, before the answer), %d samples"
                        + " learned, %.1f s%n",
                KILLS,
                hits,
                answersLost,
                twin.learned(),
                (System.nanoTime() - started) / 1e9);
        assertTrue(2 * hits > KILLS, "kills that hit: " + hits);
    }

    private static boolean learnUntilPulled(PluggedBoard board, LearnAttempt attempt, long wanted, long delayNanos)
            throws IOException, InterruptedException {
        Plug plug = new Plug(board, delayNanos);
        boolean hit = false;
        try {
            while (true) {
                if (attempt.learned() >= wanted) {
                    plug.now();
                }
                attempt.request(board.client());
            }
        } catch (IOException cut) {
            if (!plug.isToldTo()) {
                throw cut;
            }
            hit = true;
        }
        plug.await();
        board.close();
        return hit;
    }
}
