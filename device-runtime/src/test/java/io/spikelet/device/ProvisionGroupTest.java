package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.slots.KeyRing;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.SlotRefusedException;
import io.spikelet.slots.SlotRefusedException.Reason;
import io.spikelet.smp.SmpServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisionGroupTest {
    private static final ImageKey.Private OLD = ImageKey.Private.generate();
    private static final ImageKey.Private NEW = ImageKey.Private.generate();

    private final SimStore store = new SimStore();
    private final SimStore keyStore = new SimStore();
    private KeyRing ring;
    private SmpProbe client;
    private boolean restarted;

    @BeforeEach
    void provision() throws Exception {
        ring = KeyRing.open(() -> keyStore);
        ring.add(OLD.publicKey());
        client = new SmpProbe(new SmpServer(List.of(new ProvisionGroup("pi-1", ring, store, () -> restarted = true))));
    }

    private static byte[] list(long sequence, ImageKey.Private signer, List<ImageKey.Public> added, String... revoked) {
        return new KeyList(sequence, added, List.of(revoked)).sign(signer).bytes();
    }

    @Test
    void shouldTellTheKeysAndRotateThem() throws Exception {
        Map<String, Object> before = client.read(66, 0, Map.of());
        assertEquals(0L, before.get("seq"));
        assertArrayEquals(OLD.publicKey().keyHash(), (byte[]) ((List<?>) before.get("keys")).getFirst());
        byte[] rotation = list(1, OLD, List.of(NEW.publicKey()), KeyRing.hash(OLD.publicKey()));
        Map<String, Object> after = client.write(66, 0, Map.of("list", rotation));
        assertEquals(1L, after.get("seq"));
        assertArrayEquals(NEW.publicKey().keyHash(), (byte[]) ((List<?>) after.get("keys")).getFirst());
        assertArrayEquals(OLD.publicKey().keyHash(), (byte[]) ((List<?>) after.get("revoked")).getFirst());
    }

    @Test
    void shouldRefuseARevokedKeysImageFromThenOn() throws Exception {
        SignedImageVerifier verifier = new SignedImageVerifier(ring, false);
        byte[] image = TestNetworks.image("1.0.0", 1, OLD).bytes();
        verifier.verify(image);
        client.write(66, 0, Map.of("list", list(1, OLD, List.of(NEW.publicKey()), KeyRing.hash(OLD.publicKey()))));
        var refused = assertThrows(SlotRefusedException.class, () -> verifier.verify(image));
        assertEquals(Reason.REVOKED, refused.reason());
        verifier.verify(TestNetworks.image("1.0.0", 1, NEW).bytes());
    }

    @Test
    void shouldNumberItsRefusals() throws Exception {
        assertEquals(Map.of("err", Map.of("group", 66L, "rc", 2L)), client.write(66, 0, Map.of("list", new byte[40])));
        byte[] strange = list(1, NEW, List.of(NEW.publicKey()));
        assertEquals(Map.of("err", Map.of("group", 66L, "rc", 3L)), client.write(66, 0, Map.of("list", strange)));
        client.write(66, 0, Map.of("list", list(2, OLD, List.of(NEW.publicKey()))));
        byte[] older = list(1, OLD, List.of(NEW.publicKey()));
        assertEquals(Map.of("err", Map.of("group", 66L, "rc", 4L)), client.write(66, 0, Map.of("list", older)));
        byte[] all = list(3, OLD, List.of(), KeyRing.hash(OLD.publicKey()), KeyRing.hash(NEW.publicKey()));
        assertEquals(Map.of("err", Map.of("group", 66L, "rc", 5L)), client.write(66, 0, Map.of("list", all)));
    }

    @Test
    void shouldOrderAFactoryResetOnlyForTheBoardThatIsNamed() throws Exception {
        assertEquals(Map.of("err", Map.of("group", 66L, "rc", 7L)), client.write(66, 1, Map.of("name", "pi-2")));
        assertFalse(FactoryReset.isOrdered(store) || restarted);
        assertEquals(Map.of(), client.write(66, 1, Map.of("name", "pi-1")));
        assertTrue(FactoryReset.isOrdered(store) && restarted);
    }
}
