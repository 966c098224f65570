package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.engine.Kernels;
import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Loses power at every write of a learning session: the board goes on from a whole checkpoint, at most an interval back,
 * and what it then learns is what it would have learned without the cut.
 */
class AdaptationPowerCutTest {
    private static final String IMAGE = "ab".repeat(32);
    private static final int SAMPLES = 90;
    private static final int GUARD = 30;
    private static final AdaptationSettings SETTINGS = AdaptationSettings.DEFAULT
            .with("interval", 5)
            .with("checkpoint", 4)
            .with("replaybytes", 400)
            .with("guardbytes", 400)
            .with("recentbytes", 200);

    /** A board's adaptation from one start to the next. */
    private static final class Session {
        final AdaptationService service;
        final Checkpoints checkpoints;
        final String found;

        Session(SimStore store) throws Exception {
            service = AdaptationService.load(
                    SmallNetworks.classifying(SmallStream.CLASSES, 1), SETTINGS, Kernels.REFERENCE);
            checkpoints = new Checkpoints(store, IMAGE, service);
            found = checkpoints.restore().orElse("");
        }

        void guard() throws IOException {
            for (int n = 1000; n < 1000 + GUARD; n++) {
                service.guard(SmallStream.sample(n), 0, SmallStream.label(n));
            }
            service.guardChanged();
            checkpoints.write();
        }

        void learnNext() throws IOException {
            long n = service.taken();
            service.learn(SmallStream.sample(n), 0, SmallStream.label(n));
            checkpoints.writeIfDue();
        }

        byte[] state() {
            ByteBuffer state = ByteBuffer.allocate(service.savedBytes());
            service.save(state);
            return state.array();
        }

        /** All that is learned, without the history, which tells of starts too. */
        byte[] learned() {
            byte[] all = state();
            int from = AdaptationCounters.savedBytes() + Long.BYTES + EventHistory.savedBytes();
            return java.util.Arrays.copyOfRange(all, from, all.length);
        }
    }

    private static SimStore guarded() throws Exception {
        SimStore store = new SimStore();
        new Session(store).guard();
        return store;
    }

    /** What was learned after each number of samples when nothing goes wrong. */
    private static List<byte[]> uncut() throws Exception {
        Session session = new Session(guarded());
        List<byte[]> learned = new ArrayList<>();
        for (int n = 0; n < SAMPLES; n++) {
            learned.add(session.learned());
            session.learnNext();
        }
        learned.add(session.learned());
        assertTrue(
                session.service.count(Kind.PROMOTED) > 2,
                session.service.report().toString());
        return learned;
    }

    @Test
    void shouldGoOnFromAWholeCheckpointWhereverPowerIsCut() throws Exception {
        List<byte[]> uncut = uncut();
        int cuts = 0;
        for (boolean afterTheOperation : new boolean[] {false, true}) {
            boolean lost = true;
            for (int operation = 0; lost; operation++) {
                SimStore store = guarded();
                Session before = new Session(store);
                store.losePowerAt(operation, afterTheOperation);
                lost = learnUntilPowerIsLost(before);
                store.restorePower();
                Session after = new Session(store);
                long taken = after.service.taken();
                assertTrue(after.found.contains("at sample " + taken + "; up to 3 samples"), after.found);
                assertTrue(before.service.taken() - taken <= SETTINGS.checkpointInterval(), after.found);
                assertArrayEquals(uncut.get((int) taken), after.learned(), "torn at operation " + operation);
                while (after.service.taken() < SAMPLES) {
                    after.learnNext();
                }
                assertArrayEquals(uncut.get(SAMPLES), after.learned(), "went on otherwise after " + operation);
                cuts += lost ? 1 : 0;
            }
        }
        assertEquals(2 * (SAMPLES / SETTINGS.checkpointInterval()), cuts);
    }

    private static boolean learnUntilPowerIsLost(Session session) {
        try {
            while (session.service.taken() < SAMPLES) {
                session.learnNext();
            }
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void shouldFallBackToTheOlderCheckpointWhenTheNewerIsDamaged() throws Exception {
        SimStore store = guarded();
        Session session = new Session(store);
        while (session.service.taken() < 12) {
            session.learnNext();
        }
        List<String> files = store.list();
        assertEquals(2, files.size());
        damage(store, "adapt-" + IMAGE + "-a.bin");
        Session again = new Session(store);
        assertTrue(
                again.found.contains("up to 7 samples after it may be lost; the other checkpoint is damaged"),
                again.found);
        assertEquals(8, again.service.taken());
        again.learnNext();
        damage(store, "adapt-" + IMAGE + "-b.bin");
        Session fromNothing = new Session(store);
        assertEquals(0, fromNothing.service.taken());
        assertEquals(1, fromNothing.service.count(Kind.NOT_RESTORED));
    }

    private static void damage(SimStore store, String name) throws IOException {
        byte[] file = store.read(name).orElseThrow();
        file[file.length / 2] ^= 1;
        store.write(name, file);
    }

    @Test
    void shouldKeepTheWeightsWhenTheMemoriesAreOfOtherSizes() throws Exception {
        SimStore store = guarded();
        Session session = new Session(store);
        while (session.service.taken() < 12) {
            session.learnNext();
        }
        AdaptationService larger = AdaptationService.load(
                SmallNetworks.classifying(SmallStream.CLASSES, 1),
                SETTINGS.with("replaybytes", 4000),
                Kernels.REFERENCE);
        String found = new Checkpoints(store, IMAGE, larger).restore().orElseThrow();
        assertTrue(found.contains("begin empty"), found);
        assertEquals(12, larger.taken());
        assertEquals(0, larger.report().replaySamples());
        assertEquals(
                session.service.report().candidateSamples(), larger.report().candidateSamples());
    }

    @Test
    void shouldRemoveTheCheckpointsOfImagesThatAreGone() throws Exception {
        SimStore store = guarded();
        Checkpoints.sweep(store, java.util.Set.of(IMAGE));
        assertEquals(1, store.list().size());
        Checkpoints.sweep(store, java.util.Set.of("cd".repeat(32)));
        assertEquals(List.of(), store.list());
    }
}
