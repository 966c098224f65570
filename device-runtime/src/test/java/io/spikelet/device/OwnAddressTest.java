package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {

    /** Nobody on the network reaches a board that was told a port alone. */
    @Test
    void shouldListenForThisMachineAloneUnlessAnAddressIsSaid() throws BadUseException {
        assertEquals(new OwnAddress("127.0.0.1", 1337), OwnAddress.parse("--udp", "1337"));
        assertEquals(new OwnAddress("0.0.0.0", 1337), OwnAddress.parse("--udp", "0.0.0.0:1337"));
        assertEquals(new OwnAddress("::1", 99), OwnAddress.parse("--udp", "[::1]:99"));
        assertEquals("[::1]:99", OwnAddress.parse("--udp", "[::1]:99").toString());
        assertEquals("127.0.0.1:1337", OwnAddress.parse("--tcp", "1337").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "65536", "999999999", "9999999999", ":1337", "a:b", "::1:99", "1337 "})
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThrows(BadUseException.class, () -> OwnAddress.parse("--udp", text));
    }
}
