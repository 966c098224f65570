package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Store;
import io.spikelet.hal.StoreContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SimStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return new SimStore();
    }

    @Test
    void shouldKeepTheOldContentOrTheNewWhenPowerGoesDuringAWrite() throws IOException {
        for (boolean afterIt : new boolean[] {false, true}) {
            SimStore store = new SimStore();
            store.write("state", new byte[] {1});
            store.losePowerAt(0, afterIt);
            assertThrows(IOException.class, () -> store.write("state", new byte[] {2}));
            assertTrue(store.lostPower());
            assertThrows(IOException.class, () -> store.read("state"));
            store.restorePower();
            assertArrayEquals(
                    new byte[] {(byte) (afterIt ? 2 : 1)}, store.read("state").orElseThrow());
        }
    }

    @Test
    void shouldKeepAPrefixWhenPowerGoesDuringAnAppend() throws IOException {
        SimStore store = new SimStore();
        store.losePowerAt(0, false);
        assertThrows(IOException.class, () -> store.append("upload", new byte[] {1, 2, 3, 4}, 0, 4));
        store.restorePower();
        assertArrayEquals(new byte[] {1, 2}, store.read("upload").orElseThrow());
    }
}
