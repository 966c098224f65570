package io.spikelet.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.KeyRefusedException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRingTest {
    private static final ImageKey.Private OLD = ImageKey.Private.generate();
    private static final ImageKey.Private NEW = ImageKey.Private.generate();
    private static final ImageKey.Private STRANGE = ImageKey.Private.generate();
    private static final byte[] ROTATION = list(1, OLD, List.of(NEW), OLD);

    private final SimStore store = new SimStore();

    private static byte[] list(
            long sequence, ImageKey.Private signer, List<ImageKey.Private> added, ImageKey.Private... revoked) {
        return new KeyList(
                        sequence,
                        added.stream().map(ImageKey.Private::publicKey).toList(),
                        Arrays.stream(revoked).map(KeyRingTest::hash).toList())
                .sign(signer)
                .bytes();
    }

    private static String hash(ImageKey.Private key) {
        return KeyRing.hash(key.publicKey());
    }

    private static KeyRing ring(SimStore store) throws IOException {
        return KeyRing.open(() -> store);
    }

    private KeyRing ringWith(ImageKey.Private... keys) throws Exception {
        KeyRing ring = ring(store);
        for (ImageKey.Private key : keys) {
            ring.add(key.publicKey());
        }
        return ring;
    }

    private static void assertRefused(Reason reason, Executable change) {
        assertEquals(reason, assertThrows(KeyRefusedException.class, change).reason());
    }

    @Test
    void shouldTrustWhatWasAddedAtTheNextOpeningToo() throws Exception {
        ringWith(OLD, NEW);
        KeyRing ring = ring(store);
        assertEquals(Set.of(OLD.publicKey(), NEW.publicKey()), Set.copyOf(ring.trusted()));
        assertFalse(ring.isRevoked(hash(OLD)));
    }

    @Test
    void shouldNeverTrustARevokedKeyAgain() throws Exception {
        KeyRing ring = ringWith(OLD, NEW);
        ring.revoke(hash(OLD).substring(0, 8), false);
        assertTrue(ring(store).isRevoked(hash(OLD)));
        assertEquals(List.of(NEW.publicKey()), List.copyOf(ring(store).trusted()));
        assertRefused(Reason.REVOKED, () -> ring.add(OLD.publicKey()));
        assertRefused(Reason.REVOKED, () -> ring.apply(list(1, NEW, List.of(OLD))));
    }

    @Test
    void shouldRevokeTheLastKeyOnlyWhenForced() throws Exception {
        KeyRing ring = ringWith(OLD);
        assertRefused(Reason.LAST_KEY, () -> ring.revoke(hash(OLD), false));
        assertRefused(Reason.LAST_KEY, () -> ring.apply(list(1, OLD, List.of(), OLD)));
        assertEquals(1, ring(store).trusted().size());
        ring.revoke(hash(OLD), true);
        assertTrue(ring.trusted().isEmpty());
    }

    @Test
    void shouldAskForAKeyThatIsMeantByItsHash() throws Exception {
        KeyRing ring = ringWith(OLD, NEW);
        assertRefused(Reason.UNKNOWN_KEY, () -> ring.revoke(hash(OLD).substring(0, 7), false));
        assertRefused(Reason.UNKNOWN_KEY, () -> ring.revoke("../../name", false));
        assertRefused(Reason.UNKNOWN_KEY, () -> ring.revoke(hash(STRANGE).substring(0, 20), false));
        ring.revoke(hash(STRANGE), false);
        assertTrue(ring.isRevoked(hash(STRANGE)), "a key may be revoked before it ever comes");
    }

    @Test
    void shouldRotateByAListThatATrustedKeySigned() throws Exception {
        KeyRing ring = ringWith(OLD);
        ring.apply(ROTATION);
        for (KeyRing seen : List.of(ring, ring(store))) {
            assertEquals(List.of(NEW.publicKey()), List.copyOf(seen.trusted()));
            assertTrue(seen.isRevoked(hash(OLD)));
            assertEquals(1, seen.sequence());
        }
        ring.apply(ROTATION);
        assertEquals(1, ring.sequence(), "the same list again changes nothing, though its signer is revoked now");
        ring.apply(list(7, NEW, List.of(STRANGE)));
        assertEquals(2, ring(store).trusted().size(), "what an older list added stays");
    }

    @Test
    void shouldRefuseListsThatAreOldOrStrangeOrRevokedOrDamaged() throws Exception {
        KeyRing ring = ringWith(OLD);
        assertRefused(Reason.SIGNATURE, () -> ring.apply(list(1, STRANGE, List.of(STRANGE))));
        ring.apply(list(5, OLD, List.of(NEW)));
        assertRefused(Reason.SEQUENCE, () -> ring.apply(list(5, OLD, List.of(STRANGE))));
        assertRefused(Reason.SEQUENCE, () -> ring.apply(list(4, NEW, List.of(), OLD)));
        ring.revoke(hash(OLD), false);
        assertRefused(Reason.SIGNATURE, () -> ring.apply(list(6, OLD, List.of(OLD))));
        byte[] whole = list(6, NEW, List.of(STRANGE), OLD);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x40;
            assertThrows(KeyRefusedException.class, () -> ring.apply(flipped));
            int cut = i;
            assertThrows(KeyRefusedException.class, () -> ring.apply(Arrays.copyOf(whole, cut)));
        }
        assertRefused(
                Reason.NOT_A_LIST,
                () -> ring.apply(
                        ModelImage.unsigned(new byte[] {8, 2}, io.spikelet.model.container.Version.parse("1.0.0"))
                                .sign(NEW)
                                .bytes()));
        assertEquals(List.of(NEW.publicKey()), List.copyOf(ring(store).trusted()));
    }

    @Test
    void shouldSayWhichFileAmongTheKeysIsNone() throws Exception {
        store.write("team.pem", new byte[] {1});
        IOException damaged = assertThrows(IOException.class, () -> ring(store));
        assertTrue(damaged.getMessage().startsWith("team.pem among the board's keys is no"), damaged.getMessage());
    }

    interface Change {
        void of(KeyRing ring) throws Exception;
    }

    /** A change of the keys OLD and STRANGE. */
    record Named(String name, Change change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> changes() {
        return Stream.of(
                new Named("add", ring -> ring.add(NEW.publicKey())),
                new Named("revoke", ring -> ring.revoke(hash(STRANGE), false)),
                new Named("rotate by list", ring -> ring.apply(ROTATION)),
                new Named("revoke by list", ring -> ring.apply(list(2, OLD, List.of(), STRANGE))),
                new Named("add by list", ring -> ring.apply(list(3, OLD, List.of(NEW)))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldHoldTheOldOrTheNewKeysWhereverPowerIsCut(Named named) throws Exception {
        SimStore done = prepared();
        Set<String> before = seen(done);
        named.change().of(ring(done));
        Set<String> after = seen(done);
        int cuts = 0;
        for (boolean afterTheOperation : new boolean[] {false, true}) {
            boolean lost = true;
            for (int operation = 0; lost; operation++) {
                SimStore cut = prepared();
                cut.losePowerAt(operation, afterTheOperation);
                try {
                    named.change().of(ring(cut));
                } catch (IOException e) {
                    assertTrue(cut.lostPower(), e.getMessage());
                }
                lost = cut.lostPower();
                cut.restorePower();
                Set<String> found = seen(cut);
                assertTrue(found.equals(before) || found.equals(after), found + " is neither state");
                named.change().of(ring(cut));
                assertEquals(after, seen(cut), "the same change once more completes it");
                cuts += lost ? 1 : 0;
            }
        }
        assertTrue(cuts >= 2, "a change writes something");
    }

    private static SimStore prepared() throws Exception {
        SimStore store = new SimStore();
        ring(store).add(OLD.publicKey());
        ring(store).add(STRANGE.publicKey());
        return store;
    }

    private static Set<String> seen(SimStore store) throws Exception {
        KeyRing ring = ring(store);
        Set<String> seen = new TreeSet<>();
        ring.trusted().forEach(key -> seen.add("trusts " + key));
        ring.revoked().forEach(hash -> seen.add("revoked " + hash));
        seen.add("sequence " + ring.sequence());
        return seen;
    }
}
