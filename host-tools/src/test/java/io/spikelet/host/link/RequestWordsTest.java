package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.smp.ProvisionCommands;
import org.junit.jupiter.api.Test;

class RequestWordsTest {
    @Test
    void shouldSayInWordsWhyKeysOrAFactoryResetAreRefused() {
        assertEquals("key list", RequestWords.request(ProvisionCommands.GROUP, ProvisionCommands.KEYS));
        assertEquals("factory reset", RequestWords.request(ProvisionCommands.GROUP, ProvisionCommands.FACTORY_RESET));
        for (int rc = ProvisionCommands.ERROR_NOT_A_LIST; rc <= ProvisionCommands.ERROR_OTHER_NAME; rc++) {
            String words = RequestWords.refusal(ProvisionCommands.GROUP, rc);
            assertTrue(!words.startsWith("error "), words);
        }
    }
}
