package io.spikelet.slots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.slots.BootReport.Outcome;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final byte[] FIRST = TestImages.image("1.0.0", 1);
    private static final byte[] SECOND = TestImages.image("2.0.0", 2);

    private final SimStore store = new SimStore();

    private Slots reopen() throws IOException {
        return Slots.open(store, new TestImages());
    }

    private static void upload(Slots slots, byte[] image) throws Exception {
        slots.begin(image.length, TestImages.sha256(image));
        assertTrue(slots.append(0, image).complete());
    }

    private Slots withConfirmed(byte[] image) throws Exception {
        Slots slots = reopen();
        upload(slots, image);
        slots.stage(TestImages.hash(image), false);
        slots = reopen();
        slots.boot(ImageProof.NONE);
        slots.confirm();
        return slots;
    }

    @Test
    void shouldStartEmpty() throws Exception {
        BootReport report = reopen().boot(ImageProof.NONE);
        assertEquals(Outcome.EMPTY, report.outcome());
        assertTrue(report.image().isEmpty());
    }

    @Test
    void shouldRunTheFirstImageAfterUploadTestAndReset() throws Exception {
        Slots slots = reopen();
        upload(slots, FIRST);
        assertEquals(1, slots.state().getFirst().slot());
        assertEquals(Outcome.EMPTY, reopen().boot(ImageProof.NONE).outcome());
        slots = reopen();
        slots.stage(TestImages.hash(FIRST), false);
        assertTrue(slots.state().getFirst().pending());
        BootReport report = reopen().boot(ImageProof.NONE);
        assertEquals(Outcome.TESTING, report.outcome());
        assertEquals("1.0.0", report.image().orElseThrow().version());
    }

    @Test
    void shouldRevertATrialThatWasNotConfirmedAndSaySo() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), false);
        slots = reopen();
        assertEquals(Outcome.TESTING, slots.boot(ImageProof.NONE).outcome());
        assertEquals(SwapState.REVERT, slots.swapState());
        List<SlotState> trial = slots.state();
        assertFalse(trial.get(0).confirmed());
        assertTrue(trial.get(1).confirmed());

        BootReport report = reopen().boot(ImageProof.NONE);
        assertEquals(Outcome.REVERTED, report.outcome());
        assertEquals("1.0.0", report.image().orElseThrow().version());
        assertTrue(report.sentence().contains("2.0.0"), report.sentence());
        assertEquals(SwapState.NONE, reopen().swapState());
    }

    @Test
    void shouldRevertTheFirstImageToAnEmptyBoard() throws Exception {
        Slots slots = reopen();
        upload(slots, FIRST);
        slots.stage(TestImages.hash(FIRST), false);
        reopen().boot(ImageProof.NONE);
        BootReport report = reopen().boot(ImageProof.NONE);
        assertEquals(Outcome.REVERTED, report.outcome());
        assertTrue(report.image().isEmpty());
        assertEquals(1, reopen().state().getFirst().slot());
    }

    @Test
    void shouldMakeAPermanentImageConfirmedAtTheStart() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), true);
        assertTrue(slots.state().get(1).permanent());
        slots = reopen();
        assertEquals(Outcome.UPGRADED, slots.boot(ImageProof.NONE).outcome());
        assertEquals(2, slots.securityCounter());
        assertEquals(Outcome.UNCHANGED, reopen().boot(ImageProof.NONE).outcome());
    }

    @Test
    void shouldRaiseTheSecurityCounterOnlyWhenAnImageIsConfirmed() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), false);
        slots = reopen();
        slots.boot(ImageProof.NONE);
        assertEquals(1, slots.securityCounter());
        slots.confirm();
        assertEquals(2, slots.securityCounter());
    }

    @Test
    void shouldRefuseAnImageBelowTheConfirmedCounter() throws Exception {
        Slots slots = withConfirmed(SECOND);
        slots.begin(FIRST.length, TestImages.sha256(FIRST));
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, FIRST));
        assertEquals(Reason.ROLLBACK, refused.reason());
    }

    @Test
    void shouldRefuseToGoBackToAFormerImageBelowTheConfirmedCounter() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), true);
        Slots after = reopen();
        after.boot(ImageProof.NONE);
        var refused = assertThrows(SlotRefusedException.class, () -> after.stage(TestImages.hash(FIRST), false));
        assertEquals(Reason.ROLLBACK, refused.reason());
    }

    @Test
    void shouldFindAnUploadAgainByItsDigest() throws Exception {
        Slots slots = reopen();
        slots.begin(FIRST.length, TestImages.sha256(FIRST));
        slots.append(0, Arrays.copyOf(FIRST, 40));
        slots = reopen();
        assertEquals(40, slots.begin(FIRST.length, TestImages.sha256(FIRST)).offset());
        assertTrue(slots.append(40, Arrays.copyOfRange(FIRST, 40, FIRST.length)).complete());
        assertTrue(slots.begin(FIRST.length, TestImages.sha256(FIRST)).complete());
    }

    @Test
    void shouldStartAnotherUploadFromZeroAndForgetTheFormer() throws Exception {
        Slots slots = reopen();
        slots.begin(FIRST.length, TestImages.sha256(FIRST));
        slots.append(0, Arrays.copyOf(FIRST, 40));
        assertEquals(0, slots.begin(SECOND.length, TestImages.sha256(SECOND)).offset());
        assertEquals(0, slots.begin(FIRST.length, TestImages.sha256(FIRST)).offset());
    }

    @Test
    void shouldForgetTheUploadWhenErased() throws Exception {
        Slots slots = reopen();
        slots.begin(FIRST.length, TestImages.sha256(FIRST));
        slots.append(0, Arrays.copyOf(FIRST, 40));
        slots.erase();
        assertEquals(List.of(BootRecord.FILE), store.list());
        assertEquals(0, slots.begin(FIRST.length, TestImages.sha256(FIRST)).offset());
    }

    @Test
    void shouldTakeNoBytesAtAnotherOffset() throws Exception {
        Slots slots = reopen();
        assertEquals(0, slots.append(40, new byte[3]).offset());
        slots.begin(FIRST.length, "");
        slots.append(0, Arrays.copyOf(FIRST, 40));
        assertEquals(40, slots.append(0, Arrays.copyOf(FIRST, 40)).offset());
        assertEquals(40, slots.append(60, new byte[10]).offset());
    }

    @Test
    void shouldRefuseBytesBehindTheDeclaredLength() throws Exception {
        Slots slots = reopen();
        slots.begin(10, "");
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, new byte[11]));
        assertEquals(Reason.OVERRUN, refused.reason());
    }

    @Test
    void shouldRefuseAFileWithAnotherDigestAndForgetIt() throws Exception {
        Slots slots = reopen();
        slots.begin(FIRST.length, TestImages.sha256(SECOND));
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, FIRST));
        assertEquals(Reason.DIGEST, refused.reason());
        assertTrue(slots.state().isEmpty());
        assertEquals(List.of(BootRecord.FILE), store.list());
    }

    @Test
    void shouldRefuseAnImageThatTheVerifierRefuses() throws Exception {
        byte[] bad = "evil 1.0.0 counter 1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Slots slots = reopen();
        slots.begin(bad.length, TestImages.sha256(bad));
        var refused = assertThrows(SlotRefusedException.class, () -> slots.append(0, bad));
        assertEquals(Reason.SIGNATURE, refused.reason());
    }

    @Test
    void shouldKeepSlotOneWhileTheNextStartNeedsIt() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), false);
        byte[] third = TestImages.image("3.0.0", 3);
        String digest = TestImages.sha256(third);
        assertEquals(
                Reason.SLOT_IN_USE,
                assertThrows(SlotRefusedException.class, () -> slots.begin(third.length, digest))
                        .reason());
        assertThrows(SlotRefusedException.class, slots::erase);
        Slots trial = reopen();
        trial.boot(ImageProof.NONE);
        assertThrows(SlotRefusedException.class, () -> trial.begin(third.length, digest));
        assertThrows(SlotRefusedException.class, trial::erase);
        trial.confirm();
        trial.erase();
        upload(trial, third);
    }

    @Test
    void shouldNotPutTheRunningImageOnTrial() throws Exception {
        Slots slots = withConfirmed(FIRST);
        var refused = assertThrows(SlotRefusedException.class, () -> slots.stage(TestImages.hash(FIRST), false));
        assertEquals(Reason.ACTIVE, refused.reason());
    }

    @Test
    void shouldStayWithTheActiveImageWhenThePendingOneIsDamaged() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.stage(TestImages.hash(SECOND), false);
        store.write(BootRecord.fileName(slots.state().get(1).image().file()), new byte[3]);
        BootReport report = reopen().boot(ImageProof.NONE);
        assertEquals(Outcome.PENDING_REFUSED, report.outcome());
        assertEquals("1.0.0", report.image().orElseThrow().version());
        assertEquals(SwapState.NONE, reopen().swapState());
    }

    @Test
    void shouldRunNothingWhenTheActiveImageIsDamaged() throws Exception {
        Slots slots = withConfirmed(FIRST);
        store.write(BootRecord.fileName(slots.state().getFirst().image().file()), new byte[3]);
        BootReport report = reopen().boot(ImageProof.NONE);
        assertTrue(report.image().isEmpty());
        assertTrue(report.sentence().contains("damaged"), report.sentence());
    }

    @Test
    void shouldRefuseADamagedBootRecordWhereverItIsDamaged() throws Exception {
        Slots slots = withConfirmed(FIRST);
        upload(slots, SECOND);
        slots.begin(FIRST.length, TestImages.sha256(FIRST));
        byte[] whole = store.read(BootRecord.FILE).orElseThrow();
        assertEquals(BootRecordCodec.decode(whole), BootRecordCodec.decode(whole));
        assertArrayEquals(whole, BootRecordCodec.encode(BootRecordCodec.decode(whole)));
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            store.write(BootRecord.FILE, damaged);
            assertThrows(IOException.class, this::reopen);
            store.write(BootRecord.FILE, Arrays.copyOf(whole, i));
            assertThrows(IOException.class, this::reopen);
        }
    }
}
