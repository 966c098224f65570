package io.spikelet.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardSettingsTest {
    private static final List<SettingKey> KEYS = List.of(
            new SettingKey("a/now", "10", SettingKey.Effect.AT_ONCE, SettingKey.number(1, 99)),
            new SettingKey("a/word", "on", SettingKey.Effect.AT_ONCE, SettingKey.oneOf("on", "off")),
            new SettingKey("b/later", "", SettingKey.Effect.AT_RESET, value -> {}));

    private final SimStore store = new SimStore();

    private BoardSettings open() throws IOException {
        return BoardSettings.open(store, KEYS);
    }

    @Test
    void shouldBringIntoForceWhatIsCommittedAndKeepWhatIsSaved() throws IOException {
        BoardSettings settings = open();
        assertEquals("10", settings.value("a/now"));
        settings.set("a/now", "20");
        assertEquals("10", settings.value("a/now"));
        assertEquals("20", settings.asked("a/now"));
        settings.commit();
        assertEquals("20", settings.value("a/now"));
        assertEquals("10", open().value("a/now"));
        settings.save();
        assertEquals("20", open().value("a/now"));
        assertEquals(Optional.of("20"), open().given("a/now"));
        assertEquals(Optional.empty(), open().given("a/word"));
    }

    @Test
    void shouldSayThatASettingWaitsForAReset() throws IOException {
        BoardSettings settings = open();
        settings.set("b/later", "x");
        settings.commit();
        assertEquals("", settings.value("b/later"));
        assertTrue(settings.awaitsReset());
        settings.save();
        BoardSettings after = open();
        assertEquals("x", after.value("b/later"));
        assertFalse(after.awaitsReset());
    }

    @Test
    void shouldGoBackToWhatIsStoredAndTellWhoListens() throws IOException {
        BoardSettings settings = open();
        int[] told = new int[1];
        settings.whenInForce(() -> told[0]++);
        settings.set("a/word", "off");
        settings.commit();
        settings.load();
        assertEquals("on", settings.value("a/word"));
        assertEquals(2, told[0]);
    }

    @Test
    void shouldDeleteDurablyAndLeaveTheOthersAlone() throws Exception {
        BoardSettings settings = open();
        settings.set("a/now", "20");
        settings.set("a/word", "off");
        settings.save();
        settings.delete("a/now");
        settings.delete("a/now");
        assertEquals("10", open().value("a/now"));
        assertEquals("off", open().value("a/word"));
    }

    @Test
    void shouldRefuseWhatTheRulesDoNotLetThrough() throws IOException {
        BoardSettings settings = open();
        for (String wrong : List.of("0", "100", "", "x", "1e1", "9999999999999999999", " 5")) {
            assertThrows(IllegalArgumentException.class, () -> settings.set("a/now", wrong), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> settings.set("a/word", "maybe"));
        assertThrows(IllegalArgumentException.class, () -> settings.set("b/later", "ä".repeat(129)));
        assertThrows(IllegalArgumentException.class, () -> settings.set("c/what", "1"));
        assertEquals("10", settings.asked("a/now"));
    }

    @Test
    void shouldRunOnWithoutWhatIsDamagedAndSaveAnew() throws Exception {
        BoardSettings settings = open();
        settings.set("a/now", "20");
        settings.save();
        byte[] whole = store.read(SettingsFile.NAME).orElseThrow();
        for (int length = 0; length < whole.length; length++) {
            store.write(SettingsFile.NAME, java.util.Arrays.copyOf(whole, length));
            assertEquals("10", open().value("a/now"), "cut to " + length);
        }
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            store.write(SettingsFile.NAME, flipped);
            assertEquals("10", open().value("a/now"));
            assertFalse(open().damage().isEmpty());
        }
        BoardSettings after = open();
        after.set("a/word", "off");
        after.save();
        assertEquals("off", open().value("a/word"));
        assertEquals("", open().damage());
    }

    @Test
    void shouldLeaveOutASettingThatAnotherVersionStored() throws IOException {
        BoardSettings other = BoardSettings.open(
                store,
                List.of(
                        new SettingKey("z/gone", "", SettingKey.Effect.AT_ONCE, value -> {}),
                        new SettingKey("a/now", "10", SettingKey.Effect.AT_ONCE, value -> {}),
                        new SettingKey("a/word", "on", SettingKey.Effect.AT_ONCE, value -> {})));
        other.set("z/gone", "1");
        other.set("a/now", "1000");
        other.set("a/word", "off");
        other.save();
        assertEquals("10", open().value("a/now"));
        assertEquals("off", open().value("a/word"));
    }

    /** Save and delete, the power gone before or after each operation of the store. */
    @Test
    void shouldHoldTheOldOrTheNewSettingsWhereverPowerIsCut() throws Exception {
        for (boolean after : new boolean[] {false, true}) {
            for (int operation = 0; operation < 2; operation++) {
                SimStore card = new SimStore();
                BoardSettings settings = BoardSettings.open(card, KEYS);
                settings.set("a/now", "20");
                settings.save();
                card.losePowerAt(operation, after);
                try {
                    settings.set("a/now", "30");
                    settings.save();
                    settings.delete("a/now");
                } catch (IOException powerIsGone) {
                    assertTrue(card.lostPower());
                }
                card.restorePower();
                String expected = operation == 0 ? after ? "30" : "20" : after ? "10" : "30";
                assertEquals(expected, BoardSettings.open(card, KEYS).value("a/now"));
            }
        }
    }
}
