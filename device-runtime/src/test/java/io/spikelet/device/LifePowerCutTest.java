package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.KeyRing;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.SlotState;
import io.spikelet.slots.SwapState;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One board's life, with real images and their self-tests: the first image, another on trial and confirmed, one that
 * fails, a trial that nobody confirms, a new key, a permanent image of it, the end of the old key, a factory reset. Power is lost at
 * every single operation of it, in the store or in the keys' store. The next start must serve what was confirmed, and the
 * life must go on to the same end.
 */
class LifePowerCutTest {
    private static final ImageKey.Private NEXT = ImageKey.Private.generate();
    private static final ModelImage FIRST = TestNetworks.tested("1.0.0", 1, true, TestBoard.KEY);
    private static final ModelImage SECOND = TestNetworks.tested("2.0.0", 2, true, TestBoard.KEY);
    private static final ModelImage FAILING = TestNetworks.tested("3.0.0", 3, false, TestBoard.KEY);
    private static final ModelImage UNCONFIRMED = TestNetworks.tested("4.0.0", 4, true, TestBoard.KEY);
    private static final ModelImage OF_NEXT = TestNetworks.tested("5.0.0", 5, true, NEXT);
    private static final byte[] ADDITION = new KeyList(1, List.of(NEXT.publicKey()), List.of())
            .sign(TestBoard.KEY)
            .bytes();
    private static final byte[] REVOCATION = new KeyList(2, List.of(), List.of(KeyRing.hash(TestBoard.KEY.publicKey())))
            .sign(NEXT)
            .bytes();

    /** A board of which both stores lose power together. */
    private static final class Life {
        final SimStore store = new SimStore();
        final SimStore keyStore = new SimStore();

        /** Hashes that may be the confirmed image's now; empty while there is none yet or after a factory reset. */
        final List<String> confirmed = new ArrayList<>();

        boolean mayBeEmpty = true;
        KeyRing ring;
        TestBoard board;

        void provision() throws Exception {
            ring = KeyRing.open(() -> keyStore);
            ring.add(TestBoard.KEY.publicKey());
        }

        void start() throws Exception {
            if (FactoryReset.isOrdered(store)) {
                FactoryReset.finish(store);
            }
            ring = KeyRing.open(() -> keyStore);
            board = TestBoard.start(store, new SignedImageVerifier(ring, false));
        }

        void upload(ModelImage image) throws Exception {
            Map<String, Object> answer = board.client.write(
                    1, 1, Map.of("off", 0, "len", image.size(), "sha", sha(image), "data", image.bytes()));
            // A repeat finds part of it, or all.
            while (answer.get("match") == null) {
                requireAnswer(answer);
                int at = Math.toIntExact((Long) answer.get("off"));
                answer = board.client.write(
                        1, 1, Map.of("off", at, "data", Arrays.copyOfRange(image.bytes(), at, image.size())));
            }
        }

        void stage(ModelImage image, boolean permanent) throws Exception {
            requireAnswer(board.client.write(1, 0, Map.of("hash", image.digest(), "confirm", permanent)));
        }

        boolean isActive(ModelImage image) throws IOException {
            return board.board.slots().state().stream()
                    .anyMatch(slot -> slot.active() && slot.image().hash().equals(hash(image)));
        }

        /** Upload, trial, confirmation; from wherever a cut left it. */
        void flash(ModelImage image) throws Exception {
            tryOut(image);
            confirmed.add(hash(image));
            requireAnswer(board.client.write(1, 0, Map.of("confirm", true)));
            kept(image);
        }

        void tryOut(ModelImage image) throws Exception {
            if (!isActive(image)) {
                if (board.board.slots().swapState() != SwapState.TEST) {
                    upload(image);
                }
                stage(image, false);
                start();
            }
        }

        /** Ends with the image before it. */
        void tryInVain(ModelImage image) throws Exception {
            tryOut(image);
            start();
        }

        void flashForGood(ModelImage image) throws Exception {
            if (!isActive(image)) {
                if (board.board.slots().swapState() != SwapState.PERM) {
                    upload(image);
                }
                confirmed.add(hash(image));
                stage(image, true);
                start();
            }
            kept(image);
        }

        void resetToFactory() throws Exception {
            mayBeEmpty = true;
            FactoryReset.order(store);
            start();
            confirmed.clear();
        }

        /** From here on nothing but this image is confirmed. */
        void kept(ModelImage image) {
            confirmed.clear();
            confirmed.add(hash(image));
            mayBeEmpty = false;
        }

        /** The board answers a failing store with a general error, and a client knows that the power is gone. */
        private static void requireAnswer(Map<String, Object> answer) throws IOException {
            if (answer.containsKey("rc")) {
                throw new IOException("the board failed: " + answer);
            }
            assertTrue(!answer.containsKey("err"), answer::toString);
        }

        void requireThatItServes() throws Exception {
            List<SlotState> slots = board.board.slots().state();
            var found = slots.stream()
                    .filter(SlotState::confirmed)
                    .map(slot -> slot.image().hash())
                    .findFirst();
            assertTrue(
                    found.map(confirmed::contains).orElse(mayBeEmpty),
                    () -> "confirmed is " + found + ", expected one of " + confirmed);
            boolean occupied = slots.stream().anyMatch(SlotState::active);
            assertEquals(occupied, board.board.model().isPresent(), board.board::sentence);
            assertTrue(occupied || mayBeEmpty, board.board::sentence);
        }
    }

    private static String hash(ModelImage image) {
        return HexFormat.of().formatHex(image.digest());
    }

    private static byte[] sha(ModelImage image) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(image.bytes());
    }

    interface Step {
        void of(Life life) throws Exception;
    }

    /** Each may be begun again after it was cut. */
    private static List<Step> chapters() {
        return List.of(
                life -> life.flash(FIRST),
                life -> life.flash(SECOND),
                life -> life.tryInVain(FAILING),
                life -> life.tryInVain(UNCONFIRMED),
                life -> life.ring.apply(ADDITION),
                life -> life.flashForGood(OF_NEXT),
                life -> life.ring.apply(REVOCATION),
                Life::resetToFactory);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldServeWhatWasConfirmedWhereverPowerIsCutAndComeToTheSameEnd(boolean ofTheKeys, boolean afterTheOperation)
            throws Exception {
        int cuts = 0;
        boolean lost = true;
        for (int operation = 0; lost; operation++) {
            Life life = new Life();
            life.provision();
            life.start();
            SimStore cut = ofTheKeys ? life.keyStore : life.store;
            cut.losePowerAt(operation, afterTheOperation);
            lost = live(life, cut);
            cuts += lost ? 1 : 0;
            assertEquals(List.of("slots.rec"), life.store.list());
            assertEquals(List.of(NEXT.publicKey()), List.copyOf(life.ring.trusted()));
            assertEquals(5, life.board.board.slots().securityCounter());
        }
        assertTrue(cuts >= (ofTheKeys ? 4 : 40), "cuts: " + cuts);
    }

    /** @return whether power was lost on the way */
    private static boolean live(Life life, SimStore cut) throws Exception {
        boolean lost = false;
        for (Step chapter : chapters()) {
            try {
                chapter.of(life);
                if (cut.lostPower()) {
                    throw new IOException("power went with the answer on its way");
                }
            } catch (IOException gone) {
                assertTrue(cut.lostPower(), () -> "a failure of its own: " + gone);
                lost = true;
                cut.restorePower();
                life.start();
                life.requireThatItServes();
                chapter.of(life);
            }
        }
        return lost;
    }
}
