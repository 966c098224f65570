package io.spikelet.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.slots.BootReport.Outcome;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What starts do with images that pass every check and then do not run. */
class SlotStartTest {
    private static final byte[] FIRST = TestImages.image("1.0.0", 1);
    private static final byte[] SECOND = TestImages.image("2.0.0", 1);
    private static final byte[] NEWER = TestImages.image("3.0.0", 3);

    /** Stands for the end of the process: nothing after it runs. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SimStore store = new SimStore();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> ending = new HashSet<>();

    private void prove(VerifiedImage image) throws SlotRefusedException {
        if (ending.contains(image.version())) {
            throw new Ended();
        }
        if (failing.contains(image.version())) {
            throw new SlotRefusedException(Reason.SELF_TEST, "it gives other spikes");
        }
    }

    private Slots slots() throws IOException {
        return Slots.open(store, new TestImages());
    }

    private BootReport boot() throws IOException {
        return slots().boot(this::prove);
    }

    private void stage(byte[] image, boolean permanent) throws Exception {
        Slots slots = slots();
        slots.begin(image.length, TestImages.sha256(image));
        slots.append(0, image);
        slots.stage(TestImages.hash(image), permanent);
    }

    private void install(byte[] image) throws Exception {
        stage(image, true);
        assertTrue(boot().image().isPresent());
    }

    private static String running(BootReport report) {
        return report.image().map(VerifiedImage::version).orElse("none");
    }

    @Test
    void shouldRevertAtOnceATrialThatFailsItsSelfTest() throws Exception {
        install(FIRST);
        stage(SECOND, false);
        failing.add("2.0.0");
        BootReport report = boot();
        assertEquals(Outcome.TRIAL_FAILED, report.outcome());
        assertEquals("1.0.0", running(report));
        assertEquals("2.0.0 was tried and reverted: it gives other spikes; 1.0.0 is active", report.sentence());
        assertEquals(Standing.FAILED, slots().state().get(1).image().standing());
        assertEquals(Outcome.UNCHANGED, boot().outcome());
    }

    @Test
    void shouldRevertAtTheNextStartATrialThatEndedTheBoard() throws Exception {
        install(FIRST);
        stage(SECOND, false);
        ending.add("2.0.0");
        assertThrows(Ended.class, this::boot);
        BootReport report = boot();
        assertEquals(Outcome.REVERTED, report.outcome());
        assertEquals("1.0.0", running(report));
        assertTrue(report.sentence().startsWith("2.0.0 was reverted: the board ended during its self-test"));
    }

    @Test
    void shouldNeitherConfirmNorRaiseTheCounterForAPermanentImageThatDoesNotRun() throws Exception {
        install(FIRST);
        stage(NEWER, true);
        ending.add("3.0.0");
        assertThrows(Ended.class, this::boot);
        assertEquals("1.0.0", running(boot()));
        assertEquals(1, slots().securityCounter());
        failing.add("3.0.0");
        ending.clear();
        slots().stage(TestImages.hash(NEWER), true);
        assertEquals(Outcome.TRIAL_FAILED, boot().outcome());
        assertEquals(1, slots().securityCounter());
        failing.clear();
        slots().stage(TestImages.hash(NEWER), true);
        assertEquals(Outcome.UPGRADED, boot().outcome());
        assertEquals(3, slots().securityCounter());
    }

    @Test
    void shouldLeaveNothingRunningWhenTheFirstImageOfABoardFails() throws Exception {
        failing.add("1.0.0");
        stage(FIRST, false);
        BootReport report = boot();
        assertEquals(Outcome.TRIAL_FAILED, report.outcome());
        assertEquals("none", running(report));
        assertEquals(Outcome.EMPTY, boot().outcome());
    }

    @Test
    void shouldGoBackToTheFormerConfirmedImageWhenTheActiveOneFails() throws Exception {
        install(FIRST);
        install(SECOND);
        failing.add("2.0.0");
        BootReport report = boot();
        assertEquals(Outcome.FELL_BACK, report.outcome());
        assertEquals("1.0.0", running(report));
        assertTrue(report.sentence().contains("2.0.0 cannot run: it gives other spikes; 1.0.0, confirmed before"));
        assertEquals(Outcome.UNCHANGED, boot().outcome());
        assertEquals(2, slots().state().size(), "no confirmed image is lost");
    }

    @Test
    void shouldNotGoBackBelowTheConfirmedCounterNorToAnImageThatWasNeverConfirmed() throws Exception {
        install(FIRST);
        install(NEWER);
        failing.add("3.0.0");
        BootReport report = boot();
        assertEquals("none", running(report));
        assertTrue(report.sentence().contains("its security counter 1 is below the confirmed 3"), report.sentence());
        Slots slots = slots();
        byte[] unproved = TestImages.image("4.0.0", 3);
        slots.begin(unproved.length, "");
        slots.append(0, unproved);
        assertEquals("none", running(boot()));
        assertEquals("3.0.0", slots().state().getFirst().image().version());
        failing.clear();
        assertEquals("3.0.0", running(boot()), "a failed image that is active is tried again at each start");
        assertEquals(Standing.CONFIRMED, slots().state().getFirst().image().standing());
    }

    @Test
    void shouldServeNothingAfterThreeStartsThatEndedAndTryOnceMoreAtTheNext() throws Exception {
        install(FIRST);
        ending.add("1.0.0");
        for (int round = 0; round < 2; round++) {
            int ends = round == 0 ? SlotStart.MOST_ATTEMPTS : 1;
            for (int i = 0; i < ends; i++) {
                assertThrows(Ended.class, this::boot);
            }
            BootReport report = boot();
            assertEquals("none", running(report));
            assertTrue(report.sentence().contains("3 starts in a row ended during its self-test"), report.sentence());
        }
        ending.clear();
        assertEquals("1.0.0", running(boot()));
        ending.add("1.0.0");
        assertThrows(Ended.class, this::boot);
        ending.clear();
        assertEquals("1.0.0", running(boot()), "one start that ended is forgiven");
    }

    @Test
    void shouldRefuseAnImageThatNeedsMoreMemoryThanThereIs() throws Exception {
        Slots slots = Slots.open(store, file -> {
            throw new OutOfMemoryError("Java heap space");
        });
        slots.begin(FIRST.length, "");
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, FIRST));
        assertEquals(Reason.NETWORK, refused.reason());
        assertFalse(slots().boot(this::prove).image().isPresent());
    }

    /** As boards wrote it that knew neither attempts nor standings. */
    @Test
    void shouldReadTheFirstVersionOfTheRecord() throws Exception {
        install(FIRST);
        install(SECOND);
        byte[] record = store.read(BootRecord.FILE).orElseThrow();
        store.write(BootRecord.FILE, firstVersion(record));
        assertEquals("2.0.0", running(boot()));
        failing.add("2.0.0");
        assertEquals("none", running(boot()), "of the image in slot 1 nobody knows whether it was confirmed");
        assertEquals(1, slots().securityCounter());
    }

    private static byte[] firstVersion(byte[] second) {
        HexFormat hex = HexFormat.of();
        ByteBuffer in = ByteBuffer.wrap(second, 0, second.length - Integer.BYTES);
        ByteBuffer out = ByteBuffer.allocate(second.length);
        out.putInt(in.getInt()).putShort((short) 1);
        in.getShort();
        byte[] fixed = new byte[14];
        in.get(fixed);
        out.put(fixed);
        in.get();
        for (int slot = 0; slot < 2; slot++) {
            byte[] fields = new byte[1 + 4 + 4 + 32 + 32 + 8];
            in.get(fields);
            assertEquals(1, fields[0], hex.formatHex(fields));
            out.put(fields);
            in.get();
            byte[] version = new byte[1 + 5];
            in.get(version);
            out.put(version);
        }
        out.put(in);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        out.putInt((int) crc.getValue());
        return java.util.Arrays.copyOf(out.array(), out.position());
    }
}
