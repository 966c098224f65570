package io.spikelet.device;

import io.spikelet.hal.Store;
import io.spikelet.slots.Slots;
import java.io.IOException;
import java.util.Set;

/**
 * Takes a board back to what provisioning made of it: images, what was learned, settings and all else in its stores go;
 * name and keys, which lie elsewhere, stay, and so do the security counter and the number of the last connection to a
 * broker. It is ordered by one write. A start that finds the order carries it out, again and again until it is done, so it
 * may be cut anywhere.
 */
final class FactoryReset {
    static final String ORDER = "factory-reset";

    /** The number of the last connection to a broker: of use to the broker, and no secret of the owner before. */
    private static final Set<String> KEPT = Set.of("bdseq", ORDER);

    private FactoryReset() {}

    /** Orders one; durable when it returns. */
    static void order(Store store) throws IOException {
        store.write(ORDER, new byte[0]);
    }

    static boolean isOrdered(Store store) throws IOException {
        return store.size(ORDER) >= 0;
    }

    /** Empties another store of the board, before {@link #finish}. */
    static void empty(Store other) throws IOException {
        for (String name : other.list()) {
            other.delete(name);
        }
    }

    /** Carries out what was ordered. */
    static void finish(Store store) throws IOException {
        Slots.forgetAll(store);
        for (String name : store.list()) {
            if (!KEPT.contains(name) && !Slots.isRecord(name)) {
                store.delete(name);
            }
        }
        store.delete(ORDER);
    }
}
