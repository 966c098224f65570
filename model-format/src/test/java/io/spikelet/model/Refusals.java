package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a loader says of a network. */
final class Refusals {
    private Refusals() {}

    static void assertRefused(SpikingNetwork network, String reason) {
        MalformedDataException refused =
                assertThrows(MalformedDataException.class, () -> NetworkCheck.verify(network), reason);
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    static void assertAccepted(SpikingNetwork network) {
        assertDoesNotThrow(() -> NetworkCheck.verify(network));
    }
}
