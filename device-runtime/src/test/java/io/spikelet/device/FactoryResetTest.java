package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.slots.SlotRefusedException;
import io.spikelet.slots.SlotRefusedException.Reason;
import io.spikelet.slots.Slots;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactoryResetTest {

    private static SimStore used() throws Exception {
        SimStore store = new SimStore();
        TestBoard.install(store, TestNetworks.image("1.0.0", 3, TestBoard.KEY));
        TestBoard.start(store).client.write(64, 1, Map.of("x", new byte[6], "y", new byte[] {1}, "at", 0L));
        store.write("bdseq", new byte[] {9});
        store.write("settings.rec", new byte[] {1});
        return store;
    }

    /** As a start does it. */
    private static void finishIfOrdered(SimStore store) throws IOException {
        if (FactoryReset.isOrdered(store)) {
            FactoryReset.finish(store);
        }
    }

    @Test
    void shouldForgetImagesAndLearningAndKeepTheCounterAgainstOlderModels() throws Exception {
        SimStore store = used();
        FactoryReset.order(store);
        finishIfOrdered(store);
        assertEquals(List.of("bdseq", "slots.rec"), store.list());
        Map<String, Object> status = TestBoard.start(store).client.read(64, 4, Map.of());
        assertEquals("empty", status.get("state"));
        assertEquals(3L, status.get("counter"));
        Slots slots = Slots.open(store, TestBoard.VERIFIER);
        byte[] older = TestNetworks.image("0.9.0", 2, TestBoard.KEY).bytes();
        slots.begin(older.length, "");
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, older));
        assertEquals(Reason.ROLLBACK, refused.reason());
    }

    @Test
    void shouldBeDoneOrNotBegunWhereverPowerIsCut() throws Exception {
        int cuts = 0;
        for (boolean afterTheOperation : new boolean[] {false, true}) {
            boolean lost = true;
            for (int operation = 0; lost; operation++) {
                SimStore store = used();
                List<String> before = store.list();
                store.losePowerAt(operation, afterTheOperation);
                try {
                    FactoryReset.order(store);
                    finishIfOrdered(store);
                } catch (IOException e) {
                    assertTrue(store.lostPower(), e.getMessage());
                }
                lost = store.lostPower();
                store.restorePower();
                boolean ordered = FactoryReset.isOrdered(store) || !lost;
                finishIfOrdered(store);
                boolean begun = ordered || !store.list().equals(before);
                assertEquals(begun ? List.of("bdseq", "slots.rec") : before, store.list());
                String state = TestBoard.start(store)
                        .client
                        .read(64, 4, Map.of())
                        .get("state")
                        .toString();
                assertEquals(begun ? "empty" : "serving", state);
                cuts += lost ? 1 : 0;
            }
        }
        assertTrue(cuts > 8, "cuts: " + cuts);
    }

    /** The one thing that mends it: the images are lost, the board is not. */
    @Test
    void shouldMendADamagedBootRecord() throws Exception {
        SimStore store = used();
        store.write("slots.rec", new byte[] {1, 2, 3});
        assertThrows(IOException.class, () -> TestBoard.start(store));
        FactoryReset.order(store);
        finishIfOrdered(store);
        assertFalse(FactoryReset.isOrdered(store));
        assertEquals(
                "empty", TestBoard.start(store).client.read(64, 4, Map.of()).get("state"));
    }
}
